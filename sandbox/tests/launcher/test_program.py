"""`make run` as its user sees it: real processes, real sockets."""

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from tests.launcher.conftest import Launcher
from tests.launcher.test_processes import eventually

ROWS = {
    "statuspage": ("2", "2"),
    "component_group": ("1", "1"),
    "component": ("6", "5"),
    "incident": ("3", "3"),
}
KEY = "OCEAN__INTEGRATION__CONFIG__STATUSPAGE_API_KEY"
HOST = "OCEAN__INTEGRATION__CONFIG__STATUSPAGE_HOST"
SECRET = "OCEAN__PORT__CLIENT_SECRET"
PORT = "OCEAN__PORT__BASE_URL"
NOWHERE = "http://127.0.0.1:9"


def rows(output: str) -> dict[str, list[str]]:
    """Return the rows of the table by the name of the kind."""
    _, _, below = output.partition("kind  ")
    return {cells[0]: cells[1:] for line in below.splitlines() if (cells := line.split())}


def guarded(directory: Path, *names: str) -> list[int]:
    """Return the processes that belong to a launcher of a directory; its own is not among them."""
    listed = subprocess.run(["ps", "-wweo", "pid,args"], capture_output=True, text=True, check=True)
    found = [line.split(maxsplit=1) for line in listed.stdout.splitlines()]
    ours = [str(directory / name / "") for name in names or ("server", "sandbox")]
    return [int(number) for number, arguments in found if any(one in arguments for one in ours)]


def lines_until(started: subprocess.Popen[str], text: str) -> list[str]:
    assert started.stdout is not None
    found: list[str] = []
    # What is never printed ends the program, and with it the reading.
    patience = threading.Timer(120, started.terminate)
    patience.start()
    try:
        for line in started.stdout:
            found.append(line)
            if text in line:
                return found
    finally:
        patience.cancel()
    raise AssertionError("".join(found))


def test_once_prints_what_each_kind_brought_and_ends_well(launcher: Launcher) -> None:
    status, output, errors = launcher.once()

    assert (status, errors) == (0, "")
    found = rows(output)
    assert {kind: tuple(found[kind][:2]) for kind in ROWS} == ROWS
    total = found["total"]
    updates = int(found["incident_update"][0])
    assert [int(cell) for cell in total[:4]] == [12 + updates, 11 + updates, 0, 0]
    assert int(total[4]) == sum(int(found[kind][-2]) for kind in [*ROWS, "incident_update"]) == 7
    assert guarded(launcher.directory) == []


def test_once_with_env_runs_against_what_it_names(launcher: Launcher, real: dict[str, str]) -> None:
    launcher.write_env(real)

    status, output, errors = launcher.once()

    assert (status, errors) == (0, "")
    assert {kind: tuple(rows(output)[kind][:1]) for kind in ROWS} == {
        kind: (fetched,) for kind, (fetched, _) in ROWS.items()
    }


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({KEY: "0" * 64}, f"Statuspage refuses the API key (401): check {KEY}."),
        ({HOST: NOWHERE}, f"Statuspage cannot be reached at {NOWHERE} (Connection refused): "),
        ({SECRET: "not-the-secret"}, "Port refuses the client id and secret (401): check"),
        ({PORT: NOWHERE}, f"Port cannot be reached at {NOWHERE} (Connection refused): check"),
        ({PORT: "nonsense"}, f"{PORT} is no address"),
        ({SECRET: ""}, f"lacks {SECRET}"),
    ],
)
def test_what_is_wrong_in_env_is_one_sentence_without_the_secret(
    launcher: Launcher, real: dict[str, str], changed: dict[str, str], sentence: str
) -> None:
    launcher.write_env({**real, **changed})

    said = launcher.failure()

    assert sentence in said
    for name in (KEY, SECRET):
        value = {**real, **changed}[name]
        assert not value or value not in said


def test_a_setting_that_the_integration_refuses_is_its_own_sentence(
    launcher: Launcher, real: dict[str, str]
) -> None:
    launcher.write_env({**real, "OCEAN__INTEGRATION__CONFIG__REQUESTS_PER_MINUTE": "0"})

    assert "requestsPerMinute is 0: it must be a whole number" in launcher.failure()


@pytest.mark.parametrize("variable", ["SERVER_PORT", "SANDBOX_PORT"])
def test_a_port_in_use_is_one_sentence(launcher: Launcher, variable: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        launcher.ports[variable] = str(taken.getsockname()[1])
        said = launcher.failure()

    assert f"Port {launcher.ports[variable]}, where" in said
    assert f"make run {variable}=" in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_stop_leaves_no_process_behind(
    launcher: Launcher, number: signal.Signals
) -> None:
    started = launcher.start()
    printed = "".join(lines_until(started, "Ctrl-C stops everything"))
    for port in launcher.ports.values():
        assert f"http://127.0.0.1:{port}" in printed
    assert guarded(launcher.directory)
    started.send_signal(number)
    assert started.wait(30) == 0
    assert started.stderr is not None
    assert started.stderr.read() == ""
    assert guarded(launcher.directory) == []


def test_the_commands_to_try_open_and_resolve_an_incident_from_any_folder(
    launcher: Launcher, tmp_path: Path
) -> None:
    shutil.rmtree(launcher.directory)
    started = launcher.start()
    printed = "".join(lines_until(started, "The resync is done"))
    opens, resolves = re.findall(r"^    (\S+ incident (?:.+\\\n)+.+)$", printed, re.MULTILINE)

    def run(command: str) -> list[str]:
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=tmp_path,
            env={"PATH": os.defpath, "HOME": str(tmp_path), "NO_PROXY": "*"},
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        )
        return done.stdout.splitlines()

    assert {
        "Name: Labels do not print",
        "Status: investigating",
        "Components: Label printing (major outage)",
    } <= set(run(opens))
    # The component's own event may come first.
    [*_, told] = lines_until(started, ": 1 incident")
    assert told.startswith("  Live event on Lanternfish Parcels: 1 incident")
    assert {
        "Status: resolved",
        "Components: Label printing (operational)",
    } <= set(run(resolves))


def test_after_a_launcher_was_killed_the_next_one_works(launcher: Launcher) -> None:
    started = launcher.start()
    lines_until(started, "Ctrl-C stops everything")
    os.kill(started.pid, signal.SIGKILL)
    started.wait(10)

    status, _, errors = launcher.once()

    assert (status, errors) == (0, "")
    assert eventually(lambda: guarded(launcher.directory) == [])


def test_a_program_that_dies_ends_the_whole_with_one_sentence(launcher: Launcher) -> None:
    started = launcher.start()
    lines_until(started, "Ctrl-C stops everything")
    for process in guarded(launcher.directory, "sandbox"):
        os.kill(process, signal.SIGKILL)
    assert started.wait(60) == 1
    assert started.stderr is not None
    assert started.stderr.read().startswith("make run: sandbox ended: ")
    assert guarded(launcher.directory) == []
