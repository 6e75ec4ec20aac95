"""From the public integration, 0.2.98, to this one, in a Port that is strict about values.

Each of its mapping and its blueprints may be the old or the new one when somebody moves over.
"""

import asyncio
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import pytest

from moving_over.__main__ import move_over, options, undo
from moving_over.port import Definitions
from subscriptions.endpoint import Installation, mark_of
from tests.account import Account, Page
from tests.moving_over.public import public_blueprints, public_mapping
from tests.port_resources.shipped import blueprints, mapping_config

from .loopback import served
from .program import CLIENT_ID, CLIENT_SECRET, Program, eventually
from .sandbox import INSTALLATION, Sandbox, running_sandbox
from .webhooks import of_incident

MOVE = (sys.executable, "-m", "moving_over")
NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
BASE = "https://status-events.acme.test"
POLLING = {"OCEAN__EVENT_LISTENER": '{"type": "POLLING", "interval": 1}', "OCEAN__BASE_URL": BASE}
INCIDENT = "statuspageIncident"
BLUEPRINTS = {"old": public_blueprints(), "new": list(blueprints().values())}
MAPPINGS = {"old": public_mapping(), "new": mapping_config()}
# Ours on ours is what a new installation has.
MIXED = [one for one in product(("old", "new"), repeat=2) if one != ("new", "new")]


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    """The one that the tests of this file share, without what the test before has left."""
    running.empty()
    return running


@pytest.fixture
def program(account: Account, sandbox: Sandbox) -> Iterator[Program]:
    with served(account) as statuspage:
        yield Program(sandbox.address, statuspage)


@pytest.fixture
def page(account: Account) -> Page:
    """A page with all that the old blueprints and the old mapping did not reckon with."""
    page = account.add_page(components=3, groups=1)
    page.components[-1]["status"] = "under_maintenance"
    page.components[-2]["status"] = ""
    account.add_incident(page)
    planned: dict[str, Any] = {"status": "in_progress", "impact": "maintenance"}
    maintenance = account.add_incident(page, **planned)
    for update in maintenance["incident_updates"]:
        update["status"] = "scheduled"
    return page


class Voyage:
    """The program while it runs, and what Port refuses of it."""

    def __init__(self, log: Path, address: str) -> None:
        self._log = log
        self._address = address
        self._read = 0

    def resync_and_live_event(self, page: Page, status: str) -> dict[str, int]:
        """Wait for a resync, change a maintenance, tell of it; return what Port refused."""
        assert eventually(lambda: "Resync finished" in self._lines()), self._lines()
        maintenance = page.incidents[0]
        maintenance["status"] = status
        place = Installation(mark_of(CLIENT_ID, INSTALLATION), BASE, CLIENT_SECRET)
        path = place.endpoint(page.raw["id"]).removeprefix(BASE)
        with httpx.Client(trust_env=False) as statuspage:
            told = statuspage.post(self._address + path, json=of_incident(maintenance))
        told.raise_for_status()
        assert eventually(lambda: "Live event on" in self._lines()), self._lines()
        lines = self._lines()
        self._read += len(lines)
        return refused(lines)

    def _lines(self) -> str:
        return self._log.read_text()[self._read :]


@contextmanager
def sailing(program: Program, log: Path) -> Iterator[Voyage]:
    """Run `ocean sail` until the block ends."""
    with program.sailing(log, **POLLING) as running:
        yield Voyage(log, running.address())


def refused(log: str) -> dict[str, int]:
    """How many entities of which blueprint Port refused, as the log's sentences say it."""
    lines = "\n".join(line for line in log.splitlines() if "Port refused entities" in line)
    counts: dict[str, int] = {}
    for count, blueprint in re.findall(r"(\d+) of (\w+), for example", lines):
        counts[blueprint] = counts.get(blueprint, 0) + int(count)
    return counts


def move(sandbox: Sandbox, *arguments: str | Path) -> str:
    """Do what the command does, without a process for it; return what it says."""
    chosen = options([str(one) for one in arguments])
    said: list[str] = []

    async def moving() -> None:
        async with sandbox.definer() as http:
            port = Definitions(http, INSTALLATION)
            if chosen.undo:
                await undo(port, INSTALLATION, chosen, said.append)
            else:
                await move_over(port, INSTALLATION, chosen, NOW, said.append)

    asyncio.run(moving())
    return "".join(said)


@pytest.mark.parametrize(("mapping", "definitions"), MIXED)
def test_after_moving_over_port_refuses_nothing(
    program: Program,
    sandbox: Sandbox,
    page: Page,
    tmp_path: Path,
    mapping: str,
    definitions: str,
) -> None:
    sandbox.install(BLUEPRINTS[definitions], MAPPINGS[mapping])

    with sailing(program, tmp_path / "log") as voyage:
        before = voyage.resync_and_live_event(page, "in_progress")
        move(sandbox, "--apply", "--copy", tmp_path / "copy.json")
        sandbox.ask_for_resync()
        after = voyage.resync_and_live_event(page, "verifying")

    assert before
    assert after == {}
    incidents = sandbox.entities(INCIDENT)
    assert set(incidents) == {incident["id"] for incident in page.incidents}
    assert incidents[page.incidents[0]["id"]]["properties"]["status"] == "verifying"
    assert len(sandbox.entities("statuspageIncidentUpdate")) == 4
    shown = sandbox.entities("statuspage")[page.raw["id"]]["properties"]
    assert shown["status_indicator"] == "maintenance"


def test_what_is_of_this_version_already_is_left_as_it_is(
    program: Program, sandbox: Sandbox, page: Page, tmp_path: Path
) -> None:
    sandbox.install(BLUEPRINTS["new"], MAPPINGS["new"])
    before = sandbox.definitions()

    with sailing(program, tmp_path / "log") as voyage:
        assert voyage.resync_and_live_event(page, "verifying") == {}
    move(sandbox, "--apply", "--copy", tmp_path / "copy.json")

    after = sandbox.definitions()
    assert after["blueprints"] == before["blueprints"]
    assert after["mapping"] == before["mapping"]


def test_nothing_changes_unless_asked(sandbox: Sandbox) -> None:
    sandbox.install(BLUEPRINTS["old"], MAPPINGS["old"])
    before = sandbox.definitions()

    said = move(sandbox)

    assert sandbox.definitions() == before
    assert "  property impact may also be maintenance\n" in said
    assert "  incident_update: tweet_id is no longer that of 0.2.98\n" in said
    assert said.endswith("Nothing was changed: add --apply to do it.\n")


def test_a_second_time_finds_everything_there(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.install(BLUEPRINTS["old"], MAPPINGS["old"])
    move(sandbox, "--apply", "--copy", tmp_path / "copy.json")
    before = sandbox.definitions()

    again = move(sandbox, "--apply", "--copy", tmp_path / "again.json")

    assert again.endswith("Everything is there.\n")
    assert not (tmp_path / "again.json").exists()
    assert sandbox.definitions() == before


def test_scorecards_and_the_dashboard_come_along(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.install(BLUEPRINTS["old"], MAPPINGS["old"])

    move(sandbox, "--apply", "--copy", tmp_path / "copy.json")

    there = sandbox.definitions()
    assert there["pages"] == ["statuspage_overview"]
    assert sorted(there["scorecards"]) == ["incident_hygiene", "page_readiness"]


def test_undone_everything_is_as_it_was(program: Program, sandbox: Sandbox, tmp_path: Path) -> None:
    """By the command itself, which is the same functions behind Ocean's settings."""
    sandbox.install(BLUEPRINTS["old"], MAPPINGS["old"])
    before = sandbox.definitions()
    moved = program.end(*MOVE, "--apply", "--copy", tmp_path / "copy.json")
    assert moved.returncode == 0, moved.stderr
    assert sandbox.definitions() != before

    shown = move(sandbox, "--undo", tmp_path / "copy.json")
    assert "the mapping: as it was\n" in shown
    assert sandbox.definitions() != before
    ended = program.end(*MOVE, "--undo", tmp_path / "copy.json", "--apply")

    assert ended.returncode == 0, ended.stderr
    assert sandbox.definitions() == before


def test_saved_filters_on_old_names_find_what_they_found(
    program: Program, sandbox: Sandbox, page: Page, tmp_path: Path
) -> None:
    sandbox.install(BLUEPRINTS["old"], MAPPINGS["old"])

    move(sandbox, "--apply", "--copy", tmp_path / "copy.json")
    with sailing(program, tmp_path / "log") as voyage:
        assert voyage.resync_and_live_event(page, "verifying") == {}

    there = sandbox.definitions()["blueprints"]
    assert "postmortemPublishedAt" in there[INCIDENT]["schema"]["properties"]
    counted = there["statuspage"]["aggregationProperties"]["criticalOpenIssues"]["query"]
    assert counted["rules"][0]["value"] == "degraded_performance"
    maintenance = sandbox.entities(INCIDENT)[page.incidents[0]["id"]]["properties"]
    assert maintenance["category"] == "maintainance"
    assert maintenance["pageId"] == page.raw["id"]


def test_with_replace_blueprints_the_old_names_mean_what_they_mean_here(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.install(BLUEPRINTS["old"], MAPPINGS["old"])

    move(sandbox, "--apply", "--copy", tmp_path / "copy.json", "--replace-blueprints")

    there = sandbox.definitions()["blueprints"]
    ours = blueprints()[INCIDENT]["calculationProperties"]["category"]
    assert there[INCIDENT]["calculationProperties"]["category"] == ours
    assert "pageId" in there[INCIDENT]["schema"]["properties"]


def test_with_replace_mapping_the_mapping_is_this_version_s(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.install(BLUEPRINTS["old"], MAPPINGS["old"])

    move(sandbox, "--apply", "--copy", tmp_path / "copy.json", "--replace-mapping")

    assert sandbox.definitions()["mapping"] == mapping_config()


def test_an_installation_that_port_does_not_know_is_told_in_a_sentence(
    program: Program, sandbox: Sandbox
) -> None:
    ended = program.end(*MOVE, "--apply")

    assert ended.returncode == 1
    assert ended.stderr.startswith("Port has no installation test-integration: set ")
    assert sandbox.ask("GET", "blueprints")["blueprints"] == []
