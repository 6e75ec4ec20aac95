"""Whatever a page has, a check leaves it with one subscription of ours; a second does nothing."""

from typing import Any

import httpx
import pytest

from statuspage import StatuspageClient
from subscriptions.endpoint import Installation
from subscriptions.keeper import Keeper
from tests.account import Account, Page, Raw
from tests.fake_subscribers import SINCE

from .conftest import Lines
from .installations import (
    FORMER_CREDENTIALS,
    FORMER_HOST,
    FORMER_SECRET,
    OLD_STYLE,
    OURS,
    STAGING,
)

CONTACT = "ops@example.com"


@pytest.fixture
def page(account: Account) -> Page:
    return account.add_page(allow_webhook_subscribers=True)


@pytest.fixture
def keeper(client: StatuspageClient) -> Keeper:
    return keeper_of(client)


def keeper_of(
    client: StatuspageClient,
    *page_ids: str,
    installation: Installation = OURS,
    contact: str | None = CONTACT,
    learned: list[Raw] | None = None,
) -> Keeper:
    """Return a keeper of our own, as a pod has one."""
    learn = ([] if learned is None else learned).extend
    return Keeper(client, installation, learn=learn, page_ids=page_ids, contact=contact)


def endpoint(page: Page, installation: Installation = OURS) -> str:
    return installation.endpoint(page.raw["id"])


def ours(page: Page) -> list[str]:
    """The states of the subscriptions of ours that are right."""
    return [
        page.subscribers.state(one)
        for one in page.subscribers.all
        if one["endpoint"] == endpoint(page)
    ]


def writes(account: Account) -> list[str]:
    """What was written, without the ids."""
    return [line.partition("?")[0].replace("/v1/pages/", "") for line in account.written]


def assert_replaced(account: Account, page: Page, old: str) -> None:
    """Assert that ours stands in the place of an old one, and that no event was lost between."""
    assert page.subscribers.endpoints == [endpoint(page)]
    assert ours(page) == ["active"]
    assert writes(account) == [
        f"POST {page.raw['id']}/subscribers",
        f"DELETE {page.raw['id']}/subscribers/{old}",
    ]


async def test_a_page_without_a_subscription_gets_one(
    account: Account, page: Page, keeper: Keeper, lines: Lines
) -> None:
    assert await keeper.check()

    [made] = page.subscribers.all
    assert made["endpoint"] == endpoint(page)
    assert made["email"] == CONTACT
    assert ours(page) == ["active"]
    assert lines.of("WARNING") == []
    assert f"The webhook subscription of the page {page.raw['id']}: created" in lines.of("INFO")


async def test_a_subscription_that_is_right_is_left_alone(
    account: Account, page: Page, keeper: Keeper, lines: Lines
) -> None:
    page.subscribers.add(endpoint(page))

    assert await keeper.check()

    assert ours(page) == ["active"]
    assert account.written == []
    assert lines.of("INFO") == ["Webhook subscriptions: 1 active"]


async def test_a_check_takes_one_request_for_each_page_that_is_right(
    account: Account, keeper: Keeper
) -> None:
    for _ in range(3):
        account.add_page()
    await keeper.check()
    account.counted.clear()

    await keeper.check()

    assert len(account.counted) == 1 + 3


async def test_the_first_check_also_asks_who_is_unconfirmed(
    account: Account, page: Page, keeper: Keeper
) -> None:
    page.subscribers.add(endpoint(page))

    await keeper.check()

    assert len(account.counted) == 3


@pytest.mark.parametrize("state", ["active", "unconfirmed", "quarantined"])
async def test_after_a_change_of_the_address_the_subscription_is_replaced_the_new_one_first(
    account: Account, page: Page, keeper: Keeper, state: str
) -> None:
    old = page.subscribers.add(endpoint(page, FORMER_HOST), state)

    await keeper.check()

    assert_replaced(account, page, old)


@pytest.mark.parametrize("state", ["active", "unconfirmed", "quarantined"])
async def test_after_a_change_of_port_s_client_secret_the_subscription_is_replaced(
    account: Account, page: Page, keeper: Keeper, state: str
) -> None:
    old = page.subscribers.add(endpoint(page, FORMER_SECRET), state)

    await keeper.check()

    assert_replaced(account, page, old)


@pytest.mark.parametrize("state", ["active", "unconfirmed", "quarantined"])
async def test_after_a_change_of_port_s_client_id_too_the_subscription_at_our_address_is_replaced(
    account: Account, page: Page, keeper: Keeper, state: str
) -> None:
    assert FORMER_CREDENTIALS.mark != OURS.mark
    old = page.subscribers.add(endpoint(page, FORMER_CREDENTIALS), state)

    await keeper.check()

    assert_replaced(account, page, old)


@pytest.mark.parametrize("state", ["active", "unconfirmed", "quarantined"])
async def test_what_version_0_2_98_made_at_our_address_is_replaced(
    account: Account, page: Page, keeper: Keeper, state: str
) -> None:
    old = page.subscribers.add(OLD_STYLE, state)

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
    page: Page, keeper: Keeper, lines: Lines
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
    page: Page, keeper: Keeper, lines: Lines
) -> None:
    page.subscribers.wants_confirmation = True

    await keeper.check()
    await keeper.check()

    assert ours(page) == ["unconfirmed"]
    [warning] = lines.of("WARNING")
    assert CONTACT in warning
    assert lines.of("INFO")[-1] == "Webhook subscriptions: 1 unconfirmed"


async def test_once_it_is_confirmed_the_log_says_so(
    page: Page, keeper: Keeper, lines: Lines
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
    client: StatuspageClient, page: Page, lines: Lines
) -> None:
    page.subscribers.wants_confirmation = True

    await keeper_of(client, contact=None).check()

    assert page.subscribers.all[0]["email"] is None
    [warning] = lines.of("WARNING")
    assert "set webhookContactEmail" in warning


async def test_where_webhooks_are_off_a_subscription_is_made_and_the_warning_says_what_to_do(
    account: Account, client: StatuspageClient, lines: Lines
) -> None:
    page = account.add_page(allow_webhook_subscribers=False)
    keeper = keeper_of(client)

    await keeper.check()
    await keeper.check()

    assert ours(page) == ["active"]
    [warning] = lines.of("WARNING")
    assert "switched off" in warning
    assert lines.of("INFO")[-1] == "Webhook subscriptions: 1 disabled"


@pytest.mark.parametrize("status", [403, 409, 422])
async def test_a_refused_creation_is_one_warning_and_other_pages_go_on(
    account: Account, page: Page, keeper: Keeper, lines: Lines, status: int
) -> None:
    other = account.add_page()
    stays = page.subscribers.add(endpoint(page, FORMER_HOST))
    account.fail(f"POST /v1/pages/{page.raw['id']}/subscribers", status)

    await keeper.check()
    await keeper.check()

    assert ours(other) == ["active"]
    assert [one["id"] for one in page.subscribers.all] == [stays]
    [warning] = lines.of("WARNING")
    assert warning.startswith(f"The page {page.raw['id']} gets no live events. Statuspage answered")
    assert str(status) in warning


@pytest.mark.parametrize("status", [500, 503])
async def test_a_creation_that_fails_for_a_moment_is_tried_again_before_long(
    account: Account, page: Page, keeper: Keeper, status: int
) -> None:
    account.fail("POST", status, times=1)

    assert not await keeper.check()
    assert page.subscribers.all == []

    assert await keeper.check()
    assert ours(page) == ["active"]


async def test_a_quarantine_that_the_api_does_not_lift_is_one_warning(
    account: Account, page: Page, keeper: Keeper, lines: Lines
) -> None:
    page.subscribers.add(endpoint(page), "quarantined")
    account.fail("POST .*/reactivate", lambda _: httpx.Response(201))

    await keeper.check()
    await keeper.check()

    assert lines.of("INFO")[-1] == "Webhook subscriptions: 1 quarantined"
    [warning] = lines.of("WARNING")
    assert "is in quarantine and gets no events" in warning


@pytest.mark.parametrize(
    ("contact", "allowed", "advice"),
    [(None, True, "webhookContactEmail"), (CONTACT, False, "Switch on webhook subscribers")],
)
async def test_a_refusal_says_what_may_help(
    account: Account,
    client: StatuspageClient,
    lines: Lines,
    contact: str | None,
    allowed: bool,  # noqa: FBT001 (a case, not a switch)
    advice: str,
) -> None:
    account.add_page(allow_webhook_subscribers=allowed)
    account.fail("POST", 422)

    await keeper_of(client, contact=contact).check()

    assert advice in lines.of("WARNING")[0]


async def test_a_creation_that_another_pod_was_faster_with_is_no_problem(
    account: Account, page: Page, keeper: Keeper, lines: Lines
) -> None:
    def faster(_: httpx.Request) -> httpx.Response:
        page.subscribers.add(endpoint(page))
        return httpx.Response(422, json={"error": "Endpoint has already been taken"})

    account.fail("POST", faster, times=1)

    await keeper.check()

    assert ours(page) == ["active"]
    assert lines.of("WARNING") == []


async def test_a_server_that_allows_twins_ends_with_one(
    account: Account, page: Page, keeper: Keeper, client: StatuspageClient
) -> None:
    page.subscribers.refuses_twins = False
    for _ in range(3):
        page.subscribers.add(endpoint(page))

    await keeper.check()
    await keeper_of(client).check()

    assert ours(page) == ["active"]


async def test_a_server_that_shows_another_endpoint_than_it_was_sent_gets_no_second_one(
    account: Account, page: Page, keeper: Keeper
) -> None:
    await keeper.check()
    page.subscribers.all[0]["endpoint"] = OLD_STYLE

    await keeper.check()
    await keeper.check()

    assert len(page.subscribers.all) == 1
    assert len(account.written) == 1


async def test_ours_is_found_behind_hundreds_of_others(
    account: Account, page: Page, keeper: Keeper
) -> None:
    for number in range(250):
        page.subscribers.add(f"https://hooks.example.com/{number}")
    page.subscribers.add(endpoint(page), "quarantined")

    await keeper.check()

    assert ours(page) == ["active"]
    assert len(page.subscribers.all) == 251


async def test_a_removal_that_fails_is_one_warning_and_is_tried_again(
    account: Account, page: Page, keeper: Keeper, lines: Lines
) -> None:
    page.subscribers.add(endpoint(page, FORMER_HOST))
    account.fail("DELETE", 403, times=2)

    await keeper.check()
    await keeper.check()
    assert len(lines.of("WARNING")) == 1
    await keeper.check()

    assert page.subscribers.endpoints == [endpoint(page)]


async def test_a_subscriber_that_is_gone_already_counts_as_removed(
    account: Account, page: Page, keeper: Keeper, lines: Lines
) -> None:
    page.subscribers.add(endpoint(page, FORMER_HOST))
    account.fail("DELETE", 404)

    await keeper.check()

    assert lines.of("WARNING") == []


async def test_only_the_pages_that_are_served_get_a_subscription(
    account: Account, client: StatuspageClient, page: Page
) -> None:
    other = account.add_page()

    await keeper_of(client, page.raw["id"]).check()

    assert ours(page) == ["active"]
    assert other.subscribers.all == []


async def test_a_page_that_the_key_does_not_see_is_one_warning(
    account: Account, client: StatuspageClient, page: Page, lines: Lines
) -> None:
    keeper = keeper_of(client, "unseen000001", page.raw["id"])

    await keeper.check()
    await keeper.check()

    assert ours(page) == ["active"]
    [warning] = lines.of("WARNING")
    assert "unseen000001" in warning


@pytest.mark.parametrize("status", [401, 403, 404, 500])
async def test_a_page_that_cannot_be_looked_at_is_not_written_to(
    account: Account, page: Page, keeper: Keeper, lines: Lines, status: int
) -> None:
    other = account.add_page()
    account.fail(f"GET /v1/pages/{page.raw['id']}/subscribers", status)

    assert not await keeper.check()

    assert account.written == [f"POST /v1/pages/{other.raw['id']}/subscribers"]
    assert ours(other) == ["active"]
    assert len([line for line in lines.of("WARNING") if "could not be checked" in line]) == 1


async def test_without_the_list_of_pages_nothing_is_written(
    account: Account, page: Page, keeper: Keeper, lines: Lines
) -> None:
    account.fail("/v1/pages$", 401)

    assert not await keeper.check()
    assert not await keeper.check()

    assert account.written == []
    assert len(lines.of("WARNING")) == 1


async def test_a_creation_without_an_answer_is_not_repeated_blindly(
    account: Account, page: Page, keeper: Keeper
) -> None:
    def unanswered(request: httpx.Request) -> httpx.Response:
        page.subscribers.add(endpoint(page))
        raise httpx.ReadTimeout("slow", request=request)

    account.fail("POST", unanswered, times=1)

    assert not await keeper.check()
    assert await keeper.check()

    assert ours(page) == ["active"]


async def test_a_line_about_a_page_carries_its_id_and_state_as_fields(
    page: Page, keeper: Keeper, lines: Lines
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
