"""Items as their operator sees and handles them on the command line."""

from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from statuspage_server.core.moments import parse_moment
from statuspage_server.errors import ServerError
from statuspage_server.heartbeats.signals import Kind, Signal
from statuspage_server.storage.engine import database_url
from tests.cli.commands import Commands

CONFIG = """
statuspage: {token: t, groups: {A: [{name: Web, id: web}, {name: Backup, id: backup}]}}
pages: {other: {token: t, groups: {B: [{name: Web, id: web}]}}}
"""
AT = parse_moment("2026-03-04T05:06:07Z")


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    url: URL = database_url("sqlite:///state.db", tmp_path)
    return Commands(tmp_path / "config.yml", url)


def test_the_list_has_the_address_and_the_state_of_each(commands: Commands) -> None:
    page = commands.start(CONFIG)
    commands.start(CONFIG, Signal(page, "backup", AT, Kind.FAIL))
    (line,) = [line for line in commands.run("heartbeat", "list").splitlines() if "backup" in line]
    shown_page, address, last, *state = line.split()
    assert (shown_page, last, state) == (page, "2026-03-04T05:06:07Z", ["failed", "backup"])
    assert address.startswith("/ping/")
    assert "never heard" in commands.run("heartbeat", "list")


def test_the_history_is_newest_first_with_what_was_said(commands: Commands) -> None:
    page = commands.start(CONFIG)
    commands.start(
        CONFIG,
        Signal(page, "backup", AT, Kind.START),
        Signal(page, "backup", AT + 1500, Kind.FAIL, "disk\nfull", exit_code=3),
    )
    assert commands.run("heartbeat", "history", "backup").splitlines() == [
        "2  2026-03-04T05:06:08Z  fail 3  1.5 s",
        "    disk",
        "    full",
        "1  2026-03-04T05:06:07Z  start",
    ]


def test_pausing_and_resuming(commands: Commands) -> None:
    commands.start(CONFIG)
    commands.run("heartbeat", "pause", "backup")
    assert "paused  backup" in commands.run("heartbeat", "list")
    commands.run("heartbeat", "resume", "backup")
    assert "paused" not in commands.run("heartbeat", "list")


def test_a_new_address_takes_the_olds_place(commands: Commands) -> None:
    commands.start(CONFIG)
    made = commands.run("heartbeat", "renew", "backup").strip()
    assert made.startswith("/ping/")
    assert f"{made}  never heard" in commands.run("heartbeat", "list")


def test_an_address_from_the_file_is_changed_there(commands: Commands) -> None:
    commands.start(CONFIG.replace("id: backup", "id: backup, ping_id: abcdefgh-abcdefgh"))
    with pytest.raises(ServerError, match="Change it there"):
        commands.run("heartbeat", "renew", "backup")


def test_which_item_is_meant_has_to_be_clear(commands: Commands) -> None:
    page = commands.start(CONFIG)
    with pytest.raises(ServerError, match="There is no item nowhere"):
        commands.run("heartbeat", "pause", "nowhere")
    with pytest.raises(ServerError, match="2 pages have an item web: add --page"):
        commands.run("heartbeat", "pause", "web")
    commands.run("heartbeat", "pause", "web", "--page", page)
