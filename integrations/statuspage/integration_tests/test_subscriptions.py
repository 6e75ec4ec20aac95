"""The webhook subscriptions of the program as its user starts and uninstalls it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from loguru import logger
from port_ocean.context.ocean import ocean
from port_ocean.utils.signal import signal_handler

from subscriptions.endpoint import token
from tests.account import Account, Page

from .conftest import Boot, Booted
from .program import CLIENT_SECRET, PREFIX, UNSUBSCRIBE, Program, eventually
from .webhooks import until

BASE = "https://ocean.acme.test"
LIVE = {
    "OCEAN__BASE_URL": BASE,
    f"{PREFIX}WEBHOOK_CONTACT_EMAIL": "ops@acme.test",
}

type Start = Callable[..., Awaitable[Booted]]


@pytest.fixture
def page(account: Account) -> Page:
    return account.add_page(components=2, viewers_must_be_team_members=True)


@pytest.fixture
def lines() -> list[str]:
    """What the log says."""
    said: list[str] = []
    logger.add(lambda line: said.append(str(line)), format="{message}")
    return said


@pytest.fixture
async def start(boot: Boot) -> AsyncIterator[Start]:
    """Boot, and do what Ocean does at a start and at an end."""
    ends: list[Callable[[], Awaitable[None]]] = []

    async def started(**settings: Any) -> Booted:
        booted: Booted = await boot(**({"once": False} | settings))
        ends.append(signal_handler.exit)
        for hook in ocean.integration.event_strategy.start:
            await hook()
        return booted

    yield started
    for end in ends:
        await end()


def test_a_start_subscribes_each_page_and_a_second_one_changes_nothing(
    program: Program, account: Account, page: Page, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    for _ in range(2):
        with program.sailing(log, **LIVE):
            assert eventually(lambda: "Webhook subscriptions: 1 active" in log.read_text())
        assert "Application shutdown complete" in log.read_text()
        assert "Task was destroyed" not in log.read_text()
        assert token(CLIENT_SECRET, page.raw["id"]) not in log.read_text()
        assert CLIENT_SECRET not in log.read_text()

    [made] = page.subscribers.all
    assert made["endpoint"].startswith(f"{BASE}/integration/webhook?integration=")
    assert made["endpoint"].endswith(f"&token={token(CLIENT_SECRET, page.raw['id'])}")
    assert made["email"] == "ops@acme.test"
    assert len(account.written) == 1


def test_a_start_with_new_port_credentials_replaces_the_subscription(
    program: Program, account: Account, page: Page, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    credentials = {"CLIENT_ID": "new-client", "CLIENT_SECRET": "new-port-secret"}
    with program.sailing(log, **LIVE):
        assert eventually(lambda: "Webhook subscriptions: 1 active" in log.read_text())
    [former] = page.subscribers.endpoints

    with program.sailing(log, **LIVE, **{f"OCEAN__PORT__{k}": v for k, v in credentials.items()}):
        assert eventually(lambda: "Webhook subscriptions: 1 active" in log.read_text())

    [made] = page.subscribers.endpoints
    assert made.endswith(f"&token={token('new-port-secret', page.raw['id'])}")
    assert made.partition("&")[0] != former.partition("&")[0]


async def test_the_deprecated_app_host_still_names_the_address(start: Start, page: Page) -> None:
    await start(app_host=BASE)

    await until(lambda: page.subscribers.all != [])

    assert page.subscribers.endpoints[0].startswith(f"{BASE}/integration/webhook?")


async def test_a_run_that_ends_at_once_subscribes_nothing(
    start: Start, account: Account, page: Page
) -> None:
    booted = await start(base_url=BASE, once=True)

    await booted.resync()

    assert account.written == []
    assert not any("/subscribers" in address for address in account.counted)


async def test_a_pod_that_processes_no_webhooks_leaves_the_subscriptions_to_the_one_that_does(
    start: Start, account: Account, page: Page
) -> None:
    booted = await start(base_url=BASE, listener={"should_process_webhooks": False})

    await booted.resync()

    assert account.written == []
    assert not any("/subscribers" in address for address in account.counted)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://ocean.acme.test", "it does not begin with https"),
        ("https://127.0.0.1:8000", "it leads to this machine or its own network"),
    ],
)
async def test_an_address_that_may_not_be_reached_is_one_warning_and_is_tried(
    start: Start, page: Page, lines: list[str], address: str, reason: str
) -> None:
    await start(base_url=address)

    await until(lambda: page.subscribers.all != [])

    assert page.subscribers.endpoints[0].startswith(f"{address}/integration/webhook?")
    told = f"Live events may not arrive at OCEAN__BASE_URL: {reason}."
    assert "".join(lines).count(told) == 1


async def test_without_an_address_the_log_says_why_there_are_no_live_events(
    start: Start, account: Account, page: Page, lines: list[str]
) -> None:
    booted = await start()

    await booted.resync()

    assert "There are no webhooks: OCEAN__BASE_URL is not set" in "".join(lines)
    assert account.written == []


async def test_each_resync_looks_at_the_subscriptions_again(boot: Boot) -> None:
    await boot(once=False)

    hooks = [hook.__name__ for hook in ocean.integration.event_strategy.resync_start]

    assert hooks == ["check_subscriptions"]


async def test_a_resync_is_complete_even_if_no_page_can_be_subscribed(
    start: Start, account: Account, page: Page
) -> None:
    account.fail("/subscribers", 500)

    booted = await start(base_url=BASE)
    result = await booted.resync()

    assert result.errors == []
    assert {one["blueprint"] for one in result.upserted_entities} >= {"statuspageComponent"}
    await until(lambda: any("/subscribers" in one for one in account.counted))


def test_ocean_probe_tells_the_state_of_each_subscription_and_changes_nothing(
    program: Program, account: Account, page: Page
) -> None:
    program.environment |= LIVE

    ended = program.run("probe")

    assert ended.returncode == 0, ended.stdout + ended.stderr
    said = f"The webhook subscription of the page {page.raw['id']} is absent."
    assert said in ended.stdout
    assert account.written == []


def test_unsubscribe_removes_what_a_start_made_even_without_the_address(
    program: Program, account: Account, page: Page, tmp_path: Path
) -> None:
    page.subscribers.add("https://hooks.acme.test/somebody-else")
    with program.sailing(tmp_path / "log", **LIVE):
        assert eventually(lambda: len(page.subscribers.all) == 2)

    ended = program.end(*UNSUBSCRIBE)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.splitlines()[-1] == f"{page.raw['name']} ({page.raw['id']}): 1 removed"
    assert page.subscribers.endpoints == ["https://hooks.acme.test/somebody-else"]


def test_unsubscribe_that_could_not_remove_everything_fails_with_a_sentence(
    program: Program, account: Account, page: Page
) -> None:
    account.fail("/subscribers", 403)

    ended = program.end(*UNSUBSCRIBE)

    assert ended.returncode == 1
    assert "not everything could be removed. Statuspage answered" in ended.stdout
    assert ended.stderr.splitlines()[-1].startswith("Some subscriptions may remain:")


def test_unsubscribe_with_a_wrong_setting_is_one_sentence(
    program: Program, account: Account
) -> None:
    ended = program.end(*UNSUBSCRIBE, **{f"{PREFIX}WEBHOOK_CONTACT_EMAIL": "nobody"})

    assert ended.returncode != 0
    assert ended.stderr.startswith("statuspage: webhookContactEmail is ")
    assert ended.stderr.count("\n") == 1
