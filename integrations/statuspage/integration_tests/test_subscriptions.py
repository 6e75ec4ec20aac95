"""The webhook subscriptions of the program as its user starts and uninstalls it."""

from pathlib import Path

import pytest
from port_ocean.context.ocean import ocean

from live_events.token import token
from tests.account import Account, Page

from .conftest import Boot
from .program import PREFIX, UNSUBSCRIBE, Program, eventually

BASE = "https://ocean.example.com"
SECRET = "made-up-webhook-secret"
LIVE = {
    "OCEAN__BASE_URL": BASE,
    f"{PREFIX}WEBHOOK_SECRET": SECRET,
    f"{PREFIX}WEBHOOK_CONTACT_EMAIL": "ops@example.com",
}


@pytest.fixture
def page(account: Account) -> Page:
    return account.add_page(components=2, viewers_must_be_team_members=True)


def test_a_start_subscribes_each_page_and_a_second_one_changes_nothing(
    program: Program, account: Account, page: Page, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    for _ in range(2):
        with program.sailing(log, **LIVE):
            assert eventually(lambda: "Webhook subscriptions: 1 active" in log.read_text())
        assert "Application shutdown complete" in log.read_text()
        assert "Task was destroyed" not in log.read_text()
        assert token(SECRET, page.raw["id"]) not in log.read_text()
        assert SECRET not in log.read_text()

    [made] = page.subscribers.all
    assert made["endpoint"].startswith(f"{BASE}/integration/webhook?integration=")
    assert made["endpoint"].endswith(f"&token={token(SECRET, page.raw['id'])}")
    assert made["email"] == "ops@example.com"
    assert len(account.written) == 1


def test_the_deprecated_app_host_still_names_the_address(
    program: Program, page: Page, tmp_path: Path
) -> None:
    with program.sailing(tmp_path / "log", **{f"{PREFIX}APP_HOST": BASE}):
        assert eventually(lambda: page.subscribers.all != [])

    assert page.subscribers.endpoints[0].startswith(f"{BASE}/integration/webhook?")


def test_a_run_that_ends_at_once_subscribes_nothing(
    program: Program, account: Account, page: Page
) -> None:
    program.environment |= LIVE

    ended = program.run("sail", "--once", "--port", "0")

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert account.written == []
    assert not any("/subscribers" in address for address in account.counted)


def test_a_pod_that_processes_no_webhooks_leaves_the_subscriptions_to_the_one_that_does(
    program: Program, account: Account, page: Page, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    listener = {"OCEAN__EVENT_LISTENER": '{"type":"POLLING","should_process_webhooks":false}'}

    with program.sailing(log, **LIVE, **listener):
        assert eventually(lambda: "Resync finished successfully" in log.read_text())

    assert account.written == []


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://ocean.example.com", "it does not begin with https"),
        ("https://127.0.0.1:8000", "it leads to this machine or its own network"),
    ],
)
def test_an_address_that_may_not_be_reached_is_one_warning_and_is_tried(
    program: Program, page: Page, tmp_path: Path, address: str, reason: str
) -> None:
    log = tmp_path / "log"

    with program.sailing(log, OCEAN__BASE_URL=address):
        assert eventually(lambda: page.subscribers.all != [])

    assert page.subscribers.endpoints[0].startswith(f"{address}/integration/webhook?")
    assert log.read_text().count(f"Live events may not arrive at OCEAN__BASE_URL: {reason}.") == 1


def test_without_an_address_the_log_says_why_there_are_no_live_events(
    program: Program, account: Account, page: Page, tmp_path: Path
) -> None:
    log = tmp_path / "log"

    with program.sailing(log):
        assert eventually(lambda: "Resync finished successfully" in log.read_text())

    assert "There are no live events: OCEAN__BASE_URL is not set" in log.read_text()
    assert account.written == []


async def test_each_resync_looks_at_the_subscriptions_again(boot: Boot) -> None:
    await boot(once=False)

    hooks = [hook.__name__ for hook in ocean.integration.event_strategy.resync_start]

    assert hooks == ["check_subscriptions"]


def test_a_resync_is_complete_even_if_no_page_can_be_subscribed(
    program: Program, account: Account, page: Page, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    account.fail("/subscribers", 500)

    with program.sailing(log, **LIVE):
        assert eventually(lambda: "Resync finished successfully" in log.read_text())
        assert eventually(lambda: any("/subscribers" in one for one in account.counted))


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
    page.subscribers.add("https://hooks.example.com/somebody-else")
    with program.sailing(tmp_path / "log", **LIVE):
        assert eventually(lambda: len(page.subscribers.all) == 2)

    ended = program.end(*UNSUBSCRIBE)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.splitlines()[-1] == f"{page.raw['name']} ({page.raw['id']}): 1 removed"
    assert page.subscribers.endpoints == ["https://hooks.example.com/somebody-else"]


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
    ended = program.end(*UNSUBSCRIBE, **{f"{PREFIX}WEBHOOK_SECRET": "short"})

    assert ended.returncode != 0
    assert ended.stderr.startswith("statuspage: webhookSecret is too short")
    assert ended.stderr.count("\n") == 1
