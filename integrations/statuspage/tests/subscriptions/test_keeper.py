"""Whatever a page has, a check leaves it with one subscription of ours; a second does nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from statuspage import StatuspageClient
from subscriptions.endpoint import Installation
from subscriptions.keeper import Keeper
from tests.account import Account, Page, Raw
from tests.fake_subscribers import SINCE
from tests.log_lines import LogLines

from .installations import (
    FORMER_CREDENTIALS,
    FORMER_HOST,
    FORMER_SECRET,
    OLD_STYLE,
    OURS,
    STAGING,
)
from .keeping import CONTACT, assert_replaced, endpoint, keeper_of, ours, writes


async def test_a_page_without_a_subscription_gets_one(
    account: Account, page: Page, keeper: Keeper, lines: LogLines
) -> None:
    assert await keeper.check()

    [made] = page.subscribers.all
    assert made["endpoint"] == endpoint(page)
    assert made["email"] == CONTACT
    assert ours(page) == ["active"]
    assert lines.of("WARNING") == []
    assert f"The webhook subscription of the page {page.raw['id']}: created" in lines.of("INFO")


async def test_a_subscription_that_is_right_is_left_alone(
    account: Account, page: Page, keeper: Keeper, lines: LogLines
) -> None:
    page.subscribers.add(endpoint(page))

    assert await keeper.check()

    assert ours(page) == ["active"]
    assert account.written == []
    assert lines.of("INFO") == ["Webhook subscriptions: 1 active"]


# Port credentials that are rotated may change the client id too, and the mark with it.
BEFORE_A_CHANGE: dict[str, Callable[[Page], str]] = {
    "address": lambda page: endpoint(page, FORMER_HOST),
    "client secret": lambda page: endpoint(page, FORMER_SECRET),
    "client id and secret": lambda page: endpoint(page, FORMER_CREDENTIALS),
    "version 0.2.98": lambda _: OLD_STYLE,
}


@pytest.mark.parametrize("state", ["active", "unconfirmed", "quarantined"])
@pytest.mark.parametrize("changed", BEFORE_A_CHANGE)
async def test_what_was_made_before_a_change_is_replaced_the_new_one_first(
    account: Account, page: Page, keeper: Keeper, state: str, changed: str
) -> None:
    old = page.subscribers.add(BEFORE_A_CHANGE[changed](page), state)

    await keeper.check()

    assert_replaced(account, page, old)


async def test_a_change_of_the_port_credentials_is_noticed_by_the_next_check_after_the_start(
    account: Account, page: Page, client: StatuspageClient
) -> None:
    await keeper_of(client, installation=FORMER_CREDENTIALS).check()
    [old] = page.subscribers.all
    account.written.clear()

    await keeper_of(client).check()

    assert_replaced(account, page, old["id"])


@pytest.mark.parametrize("state", ["active", "unconfirmed", "quarantined"])
async def test_what_another_installation_made_at_another_address_stays_in_every_state(
    account: Account, page: Page, keeper: Keeper, state: str
) -> None:
    page.subscribers.add(endpoint(page, STAGING), state)
    page.subscribers.add("https://former.example.com/integration/webhook", state)
    page.subscribers.add("https://hooks.example.com/somebody-else", state)

    await keeper.check()

    assert len(page.subscribers.all) == 4
    assert {page.subscribers.state(one) for one in page.subscribers.all[:3]} == {state}
    assert writes(account) == [f"POST {page.raw['id']}/subscribers"]


async def test_a_quarantined_subscription_is_let_out_with_one_warning(
    page: Page, keeper: Keeper, lines: LogLines
) -> None:
    page.subscribers.add(endpoint(page), "quarantined")

    await keeper.check()
    await keeper.check()

    assert ours(page) == ["active"]
    [warning] = lines.of("WARNING")
    assert SINCE in warning
    assert "OCEAN__BASE_URL" in warning


async def test_a_subscription_that_falls_into_quarantine_later_is_found(
    page: Page, keeper: Keeper
) -> None:
    await keeper.check()
    page.subscribers.all[0]["quarantined_at"] = SINCE

    await keeper.check()

    assert ours(page) == ["active"]


async def test_a_subscription_that_somebody_removed_comes_back(page: Page, keeper: Keeper) -> None:
    await keeper.check()
    page.subscribers.all.clear()

    await keeper.check()

    assert ours(page) == ["active"]


async def test_an_unconfirmed_subscription_is_one_warning_that_names_the_mailbox(
    page: Page, keeper: Keeper, lines: LogLines
) -> None:
    page.subscribers.wants_confirmation = True

    await keeper.check()
    await keeper.check()

    assert ours(page) == ["unconfirmed"]
    [warning] = lines.of("WARNING")
    assert CONTACT in warning
    assert lines.of("INFO")[-1] == "Webhook subscriptions: 1 unconfirmed"


async def test_once_it_is_confirmed_the_log_says_so(
    page: Page, keeper: Keeper, lines: LogLines
) -> None:
    page.subscribers.wants_confirmation = True
    await keeper.check()
    page.subscribers.unconfirmed.clear()

    await keeper.check()

    assert lines.of("INFO")[-2:] == [
        f"The webhook subscription of the page {page.raw['id']} is in order again",
        "Webhook subscriptions: 1 active",
    ]


async def test_without_a_contact_the_warning_says_which_setting_is_missing(
    client: StatuspageClient, page: Page, lines: LogLines
) -> None:
    page.subscribers.wants_confirmation = True

    await keeper_of(client, contact=None).check()

    assert page.subscribers.all[0]["email"] is None
    [warning] = lines.of("WARNING")
    assert "set webhookContactEmail" in warning


async def test_where_webhooks_are_off_a_subscription_is_made_and_the_warning_says_what_to_do(
    account: Account, client: StatuspageClient, lines: LogLines
) -> None:
    page = account.add_page(allow_webhook_subscribers=False)
    keeper = keeper_of(client)

    await keeper.check()
    await keeper.check()

    assert ours(page) == ["active"]
    [warning] = lines.of("WARNING")
    assert "switched off" in warning
    assert lines.of("INFO")[-1] == "Webhook subscriptions: 1 disabled"


async def test_a_line_about_a_page_carries_its_id_and_state_as_fields(
    page: Page, keeper: Keeper, lines: LogLines
) -> None:
    await keeper.check()

    assert f'"page": "{page.raw["id"]}", "subscription": "active"' in "".join(lines.raw)


ENDINGS: list[list[tuple[Installation, str]]] = [
    [],
    *[[(one, state)] for one in (OURS, FORMER_HOST) for state in ("active", "quarantined")],
    [(OURS, "unconfirmed")],
    [(OURS, "quarantined"), (OURS, "active")],
    [(OURS, "unconfirmed"), (OURS, "active")],
    [(OURS, "quarantined"), (OURS, "quarantined")],
    [(FORMER_SECRET, "active"), (OURS, "quarantined"), (STAGING, "quarantined")],
    [(FORMER_CREDENTIALS, "active"), (FORMER_HOST, "unconfirmed"), (STAGING, "active")],
]


@pytest.mark.parametrize("before", ENDINGS, ids=str)
async def test_two_checks_from_any_beginning_leave_one_subscription(
    account: Account, page: Page, client: StatuspageClient, before: list[Any]
) -> None:
    for installation, state in before:
        page.subscribers.add(endpoint(page, installation), state)
    foreign = [one for one in page.subscribers.all if STAGING.mark in one["endpoint"]]

    await keeper_of(client).check()
    account.written.clear()
    await keeper_of(client).check()

    assert account.written == []
    assert [one for one in page.subscribers.all if one not in foreign] == [
        one for one in page.subscribers.all if one["endpoint"] == endpoint(page)
    ]
    assert len(ours(page)) == 1


async def test_the_pages_that_a_check_has_read_are_known_to_live_events(
    client: StatuspageClient, account: Account
) -> None:
    pages = [account.add_page().raw for _ in range(2)]
    learned: list[Raw] = []

    await keeper_of(client, learned=learned).check()

    assert learned == pages
