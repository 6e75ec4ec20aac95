"""Programs start, are watched, and end, whatever happens to the launcher."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from launcher.errors import ProgramFailed
from launcher.paths import SANDBOX
from launcher.processes import Command, Process

# A program that has a child of its own, and tells both numbers.
FAMILY = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("ready", os.getpid(), child.pid, flush=True)
time.sleep(60)
"""
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + FAMILY


def command(code: str, folder: Path, patience: float = 10) -> Command:
    return Command("sample", [sys.executable, "-c", code], folder, dict(os.environ), patience)


def eventually(done: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait until something is so, and tell whether it is."""
    last = time.monotonic() + seconds
    while not done() and time.monotonic() < last:
        time.sleep(0.02)
    return done()


def runs(process: int) -> bool:
    """Tell whether a process runs; one that only waits to be counted does not."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")


def family(process: Process) -> list[int]:
    found = process.wait_for(r"ready (\d+) (\d+)", 20)
    return [int(found[1]), int(found[2])]


def test_a_program_ends_with_all_that_it_started(tmp_path: Path) -> None:
    with Process(command(FAMILY, tmp_path), tmp_path / "log") as process:
        members = family(process)
        assert all(map(runs, members))
    assert process.status == 128 + signal.SIGTERM
    assert not any(map(runs, members))


def test_a_program_that_will_not_end_is_ended(tmp_path: Path) -> None:
    with Process(command(DEAF, tmp_path, patience=0.3), tmp_path / "log") as process:
        members = family(process)
    assert process.status == 128 + signal.SIGKILL
    assert eventually(lambda: not any(map(runs, members)))


def test_a_program_can_be_ended_as_by_a_crash(tmp_path: Path) -> None:
    process = Process(command(DEAF, tmp_path), tmp_path / "log")
    members = family(process)
    process.kill()
    assert process.status == 128 + signal.SIGKILL
    assert eventually(lambda: not any(map(runs, members)))


def test_programs_end_when_the_launcher_is_killed(tmp_path: Path) -> None:
    """Nothing can be done in a process that is killed: the system itself has to tell."""
    launcher = f"""
import os, sys, time
from pathlib import Path
from launcher.processes import Command, Process
command = Command("sample", [sys.executable, "-c", {FAMILY!r}], Path("."), dict(os.environ))
process = Process(command, Path({str(tmp_path / "log")!r}))
print(*process.wait_for(r"ready (\\d+) (\\d+)", 20).groups(), flush=True)
time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", launcher], cwd=SANDBOX, stdout=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout is not None
        members = [int(number) for number in started.stdout.readline().split()]
        assert len(members) == 2
        assert all(map(runs, members))
        started.kill()
    assert eventually(lambda: not any(map(runs, members)))


def test_a_program_that_ends_by_itself_says_why(tmp_path: Path) -> None:
    code = "import sys; print('working'); sys.exit('The disk is full.')"
    with Process(command(code, tmp_path), tmp_path / "log") as process:
        assert process.wait(20) == 1
        with pytest.raises(ProgramFailed, match=r"^sample ended: The disk is full\.$"):
            process.wait_for("ready", 20)


def test_a_program_that_does_not_become_ready_is_told_with_its_log(tmp_path: Path) -> None:
    code = "import time; time.sleep(60)"
    with (
        Process(command(code, tmp_path), tmp_path / "log") as process,
        pytest.raises(ProgramFailed, match=f"say that it is ready within .* {tmp_path / 'log'}"),
    ):
        process.wait_for("ready", 0.1)


def test_lines_are_offered_once_and_whole(tmp_path: Path) -> None:
    code = "print('one\\ntwo\\nthr', end='', flush=True); import time; time.sleep(60)"
    with Process(command(code, tmp_path), tmp_path / "log") as process:
        process.wait_for("thr", 20)
        assert process.new_lines() == ["one", "two"]
        assert process.new_lines() == []
