"""Every example of the README runs."""

import re
import shlex
from pathlib import Path

import keyring
import keyring.core
import pytest
from calling import Conan
from memory_keyring import Memory
from proxy import Proxy
from real_server import RealServer

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n(conan statuspage:.*?)```", README, re.DOTALL)
(OUTPUT,) = re.findall(r"```\n(Created incident:.*?)```", README, re.DOTALL)
OPTIONS = re.findall(r"`(-{1,2}[a-z-]+)", README.partition("## Options")[2].partition("## What")[0])

INCIDENT = "hc9qf30zv16c"


def labels(text: str) -> list[str]:
    return [line.partition(": ")[0] for line in text.splitlines()]


def test_the_examples_open_change_and_end_an_incident_and_plan_a_maintenance(
    conan: Conan, server: RealServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keys = Memory()
    keys.set_password("statuspage-token", "somebody", server.key)
    monkeypatch.setattr(keyring.core, "_keyring_backend", keys)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("LOGNAME", "somebody")
    (tmp_path / "news.md").write_text("We found the cause.\nA fix is on its way.\n")
    monkeypatch.chdir(tmp_path)

    opened = ""
    outputs = []
    for example in EXAMPLES:
        program, *words = shlex.split(example.replace(INCIDENT, opened) if opened else example)
        outcome = conan.bare(*words)
        assert (program, outcome.code) == ("conan", 0), outcome.err
        outputs.append(outcome.out)
        opened = opened or outcome.out.splitlines()[1].removeprefix("Incident ID: ")

    assert labels(outputs[0]) == labels(OUTPUT)
    assert {one["name"]: one["status"] for one in server.incidents()} == {
        "Critical server error": "resolved",
        "Weekly maintenance": "scheduled",
        "Nightly build fails": "investigating",
    }


def test_the_table_has_every_option(conan: Conan, proxy: Proxy) -> None:
    commands = ("create_incident", "update_incident", "resolve_incident", "schedule_maintenance")
    helped = "".join(conan.bare(f"statuspage:{command}", "-h").out for command in commands)
    known = set(re.findall(r"(?<![\w-])(-{1,2}[a-z][a-z-]*)(?=[ ,\n\]])", helped))

    verbosity = {name for name in known if name.startswith("-v")}
    conans_own = {"-h", "--help", "--out-file", "-cc", "--core-conf"} | verbosity
    assert known - conans_own == set(OPTIONS)
