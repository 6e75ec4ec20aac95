"""`ocean probe`: one request tells whether the key is good, and which pages it sees."""

from collections.abc import Sequence
from typing import Any

import httpx
import pytest
from port_ocean.core.probe import ProbeCheckStatus, ProbeConfig, ProbeContext, ProbeStatus
from port_ocean.core.probe.reporters import LogProbeReporter

from probing import probe
from settings import read_settings
from statuspage import Clock, connect
from subscriptions.endpoint import Installation, mark_of, token
from tests.account import KEY, Account
from tests.virtual_time import run

SECRET = "made-up-port-secret"
UNREACHABLE = Installation(mark_of("client", "my-statuspage"), None, SECRET)
LIVE = Installation(UNREACHABLE.mark, "https://ocean.example.com", SECRET)
KINDS = ["component", "incident"]


class Impatient:
    """A clock on which nobody may wait."""

    @staticmethod
    async def refuse(seconds: float) -> None:
        raise AssertionError(f"somebody waits for the answer, and not {seconds} s")


def probed(
    account: Account,
    page_ids: Sequence[str] = (),
    key: str = KEY,
    installation: Installation = UNREACHABLE,
    watch_interval: int = 0,
) -> ProbeContext:
    """Return what a probe finds out."""
    clock = Clock(sleep=Impatient.refuse)
    http = httpx.AsyncClient(transport=httpx.MockTransport(account))
    client = connect(key, http=http, clock=clock)
    context = ProbeContext(available_kinds=KINDS, reporter=LogProbeReporter(ProbeConfig()))

    async def whole() -> ProbeContext:
        settings = read_settings(
            {
                "statuspage_api_key": key,
                "statuspage_ids": page_ids,
                "watch_interval": watch_interval,
            }
        )
        result = await probe(context, client, settings, installation)
        if result.ended_at is None:
            await result.finalize()
        return result

    return run(whole())


def checks(context: ProbeContext) -> set[tuple[str, Any, ProbeCheckStatus, str | None]]:
    """Return the checks in a form that can be compared."""
    return {
        (check.kind, check.scopes.get("page"), check.status, check.message)
        for check in context.checks
    }


@pytest.fixture
def account() -> Account:
    """An empty account."""
    return Account()


def test_every_page_that_the_key_sees_is_good_for_every_kind(account: Account) -> None:
    pages = [account.add_page().raw["id"] for _ in range(2)]

    context = probed(account)

    assert context.status is ProbeStatus.COMPLETED
    assert checks(context) == {
        (kind, page, ProbeCheckStatus.SUCCESS, None) for kind in KINDS for page in pages
    }
    assert len(context.checks) == 4


def test_a_check_tells_the_page_s_name(account: Account) -> None:
    account.add_page(name="Parcels")

    assert {check.scopes["name"] for check in probed(account).checks} == {"Parcels"}


def test_one_request_is_all_that_a_probe_sends(account: Account) -> None:
    for _ in range(20):
        account.add_page(components=3, incidents=3)

    probed(account)

    assert account.counted == ["/v1/pages"]
    assert account.public == []


def test_only_the_chosen_pages_are_checked(account: Account) -> None:
    chosen = account.add_page().raw["id"]
    account.add_page()

    assert {check.scopes["page"] for check in probed(account, [chosen]).checks} == {chosen}


def test_a_chosen_page_that_the_key_does_not_see_fails_with_a_sentence(account: Account) -> None:
    seen = account.add_page().raw["id"]

    context = probed(account, [seen, "unseen000001"])

    by_page = {check.scopes["page"]: check for check in context.checks}
    assert by_page[seen].status is ProbeCheckStatus.SUCCESS
    assert by_page["unseen000001"].status is ProbeCheckStatus.FAILURE
    assert "unseen000001" in str(by_page["unseen000001"].message)
    assert "statuspageIds" in str(by_page["unseen000001"].message)


def test_a_key_that_is_rejected_fails_with_a_sentence_that_says_what_to_check(
    account: Account,
) -> None:
    context = probed(account, key="another-made-up-key")

    assert context.status is ProbeStatus.FAILED
    assert "check statuspageApiKey" in str(context.message)
    assert "another-made-up-key" not in str(context.message)
    assert context.checks == []
    assert len(account.counted) == 1


@pytest.mark.parametrize("status", [420, 429, 500, 503])
def test_a_server_in_trouble_is_asked_once(account: Account, status: int) -> None:
    account.add_page()
    account.fail("/v1/pages", status)

    context = probed(account)

    assert context.status is ProbeStatus.FAILED
    assert str(status) in str(context.message)
    assert len(account.counted) == 1


@pytest.mark.parametrize(
    "content", [b"<html>", b'{"error": "odd"}', b"[1]", b'[{"name": "no id"}]']
)
def test_an_answer_that_is_no_list_of_pages_fails_with_a_sentence(
    account: Account, content: bytes
) -> None:
    account.fail("/v1/pages", lambda _: httpx.Response(200, content=content))

    context = probed(account)

    assert context.status is ProbeStatus.FAILED
    assert str(context.message).startswith("The answer to GET /v1/pages cannot be used")


def test_a_good_key_without_pages_is_told_for_every_kind(account: Account) -> None:
    context = probed(account)

    assert context.status is ProbeStatus.COMPLETED
    assert [(check.kind, check.status) for check in context.checks] == [
        (kind, ProbeCheckStatus.UNKNOWN) for kind in KINDS
    ]
    assert {check.message for check in context.checks} == {"The API key is good, and sees no page."}


@pytest.mark.parametrize(
    ("state", "requests"), [("active", 3), ("unconfirmed", 3), ("quarantined", 2), ("absent", 2)]
)
def test_where_live_events_are_wanted_each_page_tells_the_state_of_its_subscription(
    account: Account, state: str, requests: int
) -> None:
    page = account.add_page()
    if state != "absent":
        page.subscribers.add(LIVE.endpoint(page.raw["id"]), state)

    [message] = {str(check.message) for check in probed(account, installation=LIVE).checks}

    said = f"The webhook subscription of the page {page.raw['id']} is {state}."
    assert message.startswith(said)
    assert (message == said) == (state in ("active", "absent"))
    assert len(account.counted) == requests
    assert account.written == []


def test_a_page_where_webhooks_are_off_is_told_as_disabled(account: Account) -> None:
    page = account.add_page(allow_webhook_subscribers=False)

    [message] = {str(check.message) for check in probed(account, installation=LIVE).checks}

    assert f"{page.raw['id']} is disabled." in message
    assert "switch them on" in message


def test_subscriptions_that_cannot_be_read_are_told_and_the_key_is_still_good(
    account: Account,
) -> None:
    page = account.add_page()
    account.fail("/subscribers", 403)

    context = probed(account, installation=LIVE)

    assert {check.status for check in context.checks} == {ProbeCheckStatus.SUCCESS}
    assert {str(check.message).partition(".")[0] for check in context.checks} == {
        f"The webhook subscription of the page {page.raw['id']} is unknown"
    }


def test_no_probe_tells_the_token_or_the_secret(account: Account) -> None:
    page = account.add_page()
    endpoint = LIVE.endpoint(page.raw["id"])
    repeats = httpx.Response(422, json={"error": f"What about {endpoint}?"})
    account.fail("/subscribers", lambda _: repeats)

    told = str(probed(account, installation=LIVE).build_request_body())

    assert "What about https://ocean.example.com" in told
    assert token(SECRET, page.raw["id"]) not in told
    assert SECRET not in told


def told(context: ProbeContext) -> set[str | None]:
    return {check.message for check in context.checks}


def test_a_page_that_can_be_watched_is_said_to_be_live(account: Account) -> None:
    page_id = account.add_page().raw["id"]

    context = probed(account, watch_interval=30)

    assert told(context) == {
        f"The public view of the page {page_id} can be read, every 30 seconds."
    }
    assert len(account.counted) == 1


@pytest.mark.parametrize("status", [401, 404, 503])
def test_a_page_without_a_public_view_is_said_to_rely_on_other_ways(
    account: Account, status: int
) -> None:
    page_id = account.add_page().raw["id"]
    account.fail("summary", status)

    context = probed(account, watch_interval=30)

    [message] = told(context)
    assert page_id in str(message)
    assert "arrives by webhooks and resyncs" in str(message)


def test_a_private_page_is_not_asked_for_its_view(account: Account) -> None:
    account.add_page(viewers_must_be_team_members=True)

    context = probed(account, watch_interval=30)

    assert ["is not public" in str(message) for message in told(context)] == [True]
    assert account.public == []
