"""Every command helps itself, and what is particular to v2."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from calling import Caller
from page import SEARCH
from stand_in import StandIn

from statuspage_nobl9.commands import COMMANDS, GROUPS

NAMES = [
    *((group, name) for group, (_, told) in GROUPS.items() for name in told),
    *((name,) for name in COMMANDS),
]


@pytest.mark.parametrize("names", NAMES, ids=" ".join)
def test_every_command_helps_with_examples_of_itself(cli1: Caller, names: tuple[str, ...]) -> None:
    said = cli1.done(*names, "--help").stdout

    examples = re.findall(r"^  (statuspage nobl9 .*)$", said, re.MULTILINE)
    assert examples
    assert all(tuple(shlex.split(one)[2:][: len(names)]) == names for one in examples)


def test_the_program_finds_the_command_and_help_imports_nothing_slow() -> None:
    program = Path(sys.executable).with_name("statuspage")
    shown = subprocess.run([program, "nobl9", "--help"], capture_output=True, text=True, check=True)
    slow = (
        "import sys; from statuspage_nobl9 import commands; "
        "print({'httpx', 'rich', 'asyncio'} & {*sys.modules})"
    )
    imported = subprocess.run(
        [sys.executable, "-c", slow], capture_output=True, text=True, check=True
    )

    assert "Usage: statuspage nobl9" in shown.stdout
    assert imported.stdout == "set()\n"


def test_a_disruption_is_registered_made_worse_listed_and_cleared(
    cli2: Caller, v2: StandIn
) -> None:
    words = ("disruptions", "create", "Search", "degradedPerformance", "--comment", "Slow")
    id_ = json.loads(cli2.done(*words, "--json").stdout)["impactingDisruption"]["id"]
    cli2.done("disruptions", "severity", id_, "majorOutage")
    listed = cli2.done("disruptions", "list", "--impacting").stdout
    timeline = cli2.done("disruptions", "timeline", "--impacting-only").stdout
    cli2.done("disruptions", "clear", id_, "--comment", "Over")

    assert f"{id_}\tSearch\tmajorOutage" in listed
    assert timeline == listed
    assert v2.page.status_of(SEARCH) == "operational"
    assert cli2.done("disruptions", "list", "--impacting").stdout == ""


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 400])
def test_disruptions_are_read_to_the_end(cli2: Caller, v2: StandIn, count: int) -> None:
    v2.page.disruptions = [{"id": f"d-{number}", "isCleared": True} for number in range(count)]

    assert len(json.loads(cli2.done("disruptions", "list", "--json").stdout)) == count
    assert len(json.loads(cli2.done("disruptions", "list", "-n", "7", "--json").stdout)) == min(
        7, count
    )


def test_disruptions_are_refused_where_v1_is_spoken(cli1: Caller, v1: StandIn) -> None:
    ended = cli1("disruptions", "create", "Search", "majorOutage")

    assert (ended.exit_code, v1.writes) == (2, [])
    assert "Disruptions are a part of v2 of the API alone" in ended.stderr


def test_which_version_answers_is_told_once_and_remembered(cli: Caller, nobl9: StandIn) -> None:
    first, again = cli.done("check"), cli.done("check")

    assert f"Nobl9 answers as {nobl9.version}" in first.stderr
    assert (again.stderr, nobl9.asked.count("GET /disruptions")) == ("", 1)


@pytest.mark.parametrize("wanted", ["API", "api / x", "../api"])
def test_a_name_that_means_several_or_none_changes_nothing(
    cli: Caller, nobl9: StandIn, wanted: str
) -> None:
    ended = cli("status", "change", wanted, "majorOutage")

    assert ended.exit_code in (2, 4)
    assert nobl9.writes == []


@pytest.mark.parametrize(
    "odd", [None, 7, "x", [], [None, 7], [{"id": 5}], [{"id": "a", "children": 3, "name": None}]]
)
def test_an_odd_tree_is_no_traceback(cli: Caller, nobl9: StandIn, odd: object) -> None:
    nobl9.page.components = odd  # type: ignore[assignment]

    assert cli.done("components", "--json").stdout


def test_a_terminal_has_titles_and_colours(cli: Caller) -> None:
    cli.colours = True
    cli.done("status", "change", "Search", "majorOutage")

    said = cli.done("incidents").stdout

    assert "Lasted" in said
    assert "\x1b[31mmajorOutage" in said
