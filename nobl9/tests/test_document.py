"""Every command of the document is run, in its order, against the stand-in and our server."""

import re
import shlex
from pathlib import Path

import pytest
from calling import Caller
from page import OTHER_API
from real_server import API, RealServer
from stand_in import ADDRESS, VARIABLES, StandIn

import statuspage_nobl9

DOCUMENT = (Path(__file__).parents[2] / "docs/pages/how-to/nobl9.md").read_text()
LINES = re.findall(r"^statuspage nobl9 (.*)$", DOCUMENT, re.MULTILINE)


def run(cli: Caller, *, is_v1: bool) -> int:
    """Run them all; return how many were run."""
    count, disruption = 0, ""
    for line in LINES:
        words = shlex.split(line.replace("DISRUPTION", disruption))
        if is_v1 and words[0] == "disruptions":
            continue
        said = cli.done(*words).stdout
        count += 1
        if words[:2] == ["disruptions", "list"]:
            disruption = said.split("\t")[0]
    return count


def test_every_command_works_against_the_stand_in(cli: Caller, nobl9: StandIn) -> None:
    nobl9.page.find(OTHER_API)["name"] = "Another API"

    assert run(cli, is_v1=nobl9.version == "v1") == len(LINES) - 5 * (nobl9.version == "v1")


def test_every_command_works_against_our_server(real: Caller) -> None:
    assert run(real, is_v1=real.api == "v1") >= len(LINES) - 5


def test_the_python_of_the_document_works(
    real: Caller, running: RealServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (block,) = re.findall(r"^```python\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))

    exec(compile(block, "nobl9.md", "exec"), {})  # noqa: S102 (it is ours)

    assert running.status(API) == "degraded_performance"
    real.done("status", "change", "API", "operational")


def test_the_document_names_every_variable_and_every_name_is_offered() -> None:
    for name in (*VARIABLES, "NOBL9_API_TOKEN", "NOBL9_BASE_URL"):
        assert name in DOCUMENT
    assert hasattr(statuspage_nobl9, "connect")
    assert ADDRESS not in DOCUMENT
