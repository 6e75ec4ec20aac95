"""`statuspage-bridge log`: the record, as lines of JSON."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from making import API

from statuspage_bridge.cli import main
from statuspage_bridge.core.decision import Action, Decision
from statuspage_bridge.core.passes import Pass
from statuspage_bridge.state.address import read_address
from statuspage_bridge.state.database import Database
from statuspage_bridge.state.state import State

NOW = datetime.now(UTC)
SEED = {"PD_ACCOUNT_HUGOPS": "k1", "STATUSPAGE_PAGE": "p1", "STATUSPAGE_KEY": "k2"}


@pytest.fixture
async def address(tmp_path: Path) -> str:
    """A state with two decisions: one of yesterday, one of now."""
    address = f"sqlite:///{tmp_path / 'bridge.db'}"
    database = Database.open(read_address(address))
    state = State(database, "p1", timedelta(days=30))
    state.begin(NOW)
    for at, action in ((NOW - timedelta(days=1), Action.OPEN), (NOW, Action.RESOLVE)):
        decided = [Decision(components={API: ""}, action=action, reason=f"{action} it.")]
        await state.note_decided(decided, at, lambda _: "API \N{SNOWMAN}")
        await state.note_pass(Pass(at=at, decisions=decided), dry_run=False)
    database.close()
    return address


def run(*arguments: str, **more: str) -> Result:
    return CliRunner().invoke(main, ["log", *arguments], env=SEED | more)


async def test_each_decision_is_a_line(address: str) -> None:
    lines = [json.loads(line) for line in run(STATE=address).stdout.splitlines()]

    assert [(one["action"], one["result"]) for one in lines] == [
        ("open", "done"),
        ("resolve", "done"),
    ]
    assert lines[0]["names"] == ["API \N{SNOWMAN}"]
    assert lines[0]["reason"] == "open it."
    assert datetime.fromisoformat(lines[1]["at"]) == NOW


async def test_the_settings_may_be_in_a_file(address: str, tmp_path: Path) -> None:
    source = "{type: alertmanager, name: main, token: t}"
    file = tmp_path / "config.yml"
    file.write_text(f"page: p1\nkey: k\nstate: {address}\nsources: [{source}]\n")

    assert len(run("--config", str(file)).stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "since", ["2h", (NOW - timedelta(hours=1)).isoformat()], ids=["a while ago", "a moment"]
)
async def test_it_begins_when_it_is_told_to(address: str, since: str) -> None:
    (line,) = run("--since", since, STATE=address).stdout.splitlines()

    assert json.loads(line)["action"] == "resolve"


async def test_it_reads_what_a_running_bridge_writes(address: str) -> None:
    running = Database.open(read_address(address))

    assert run(STATE=address).exit_code == 0
    running.close()


def test_what_cannot_be_is_told(tmp_path: Path) -> None:
    for state, sentence in (
        ("", "STATE is not set"),
        (f"sqlite:///{tmp_path / 'none.db'}", "none.db is not there"),
    ):
        outcome = run(STATE=state)
        assert outcome.exit_code == 1
        assert sentence in outcome.stderr
    assert "write 90s, 5m, 2h, 1d or a time" in run("--since", "soon", STATE="").stderr
