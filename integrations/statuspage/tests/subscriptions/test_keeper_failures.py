"""What Statuspage refuses, or fails at, is one warning, and keeps no other page from it."""

import httpx
import pytest

from statuspage import StatuspageClient
from subscriptions.keeper import Keeper
from tests.account import Account, Page
from tests.log_lines import LogLines

from .installations import (
    FORMER_HOST,
    OLD_STYLE,
)
from .keeping import CONTACT, endpoint, keeper_of, ours


@pytest.mark.parametrize("status", [403, 409, 422])
async def test_a_refused_creation_is_one_warning_and_other_pages_go_on(
    account: Account, page: Page, keeper: Keeper, lines: LogLines, status: int
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
    account: Account, page: Page, keeper: Keeper, lines: LogLines
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
    lines: LogLines,
    contact: str | None,
    allowed: bool,  # noqa: FBT001 (a case, not a switch)
    advice: str,
) -> None:
    account.add_page(allow_webhook_subscribers=allowed)
    account.fail("POST", 422)

    await keeper_of(client, contact=contact).check()

    assert advice in lines.of("WARNING")[0]


async def test_a_creation_that_another_pod_was_faster_with_is_no_problem(
    account: Account, page: Page, keeper: Keeper, lines: LogLines
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
    account: Account, page: Page, keeper: Keeper, lines: LogLines
) -> None:
    page.subscribers.add(endpoint(page, FORMER_HOST))
    account.fail("DELETE", 403, times=2)

    await keeper.check()
    await keeper.check()
    assert len(lines.of("WARNING")) == 1
    await keeper.check()

    assert page.subscribers.endpoints == [endpoint(page)]


async def test_a_subscriber_that_is_gone_already_counts_as_removed(
    account: Account, page: Page, keeper: Keeper, lines: LogLines
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
    account: Account, client: StatuspageClient, page: Page, lines: LogLines
) -> None:
    keeper = keeper_of(client, "unseen000001", page.raw["id"])

    await keeper.check()
    await keeper.check()

    assert ours(page) == ["active"]
    [warning] = lines.of("WARNING")
    assert "unseen000001" in warning


@pytest.mark.parametrize("status", [401, 403, 404, 500])
async def test_a_page_that_cannot_be_looked_at_is_not_written_to(
    account: Account, page: Page, keeper: Keeper, lines: LogLines, status: int
) -> None:
    other = account.add_page()
    account.fail(f"GET /v1/pages/{page.raw['id']}/subscribers", status)

    assert not await keeper.check()

    assert account.written == [f"POST /v1/pages/{other.raw['id']}/subscribers"]
    assert ours(other) == ["active"]
    assert len([line for line in lines.of("WARNING") if "could not be checked" in line]) == 1


async def test_without_the_list_of_pages_nothing_is_written(
    account: Account, page: Page, keeper: Keeper, lines: LogLines
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
