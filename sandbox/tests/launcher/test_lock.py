"""One launcher at a time in a directory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from launcher.errors import AlreadyRunning
from launcher.lock import Lock


def test_a_second_launcher_is_told_of_the_first(tmp_path: Path) -> None:
    with Lock(tmp_path), pytest.raises(AlreadyRunning, match=f"process {os.getpid()}"):
        Lock(tmp_path)


def test_the_next_launcher_has_the_directory(tmp_path: Path) -> None:
    with Lock(tmp_path):
        pass
    with Lock(tmp_path):
        pass


def test_a_launcher_waits_for_the_programs_of_one_that_is_gone(tmp_path: Path) -> None:
    """A program outlives the launcher for a moment and holds the lock until it has ended."""
    code = "import sys, time; print('ready', flush=True); sys.stdin.read()"
    lock = Lock(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=lock.inherited,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdout.readline()
        with lock:
            # As if the launcher that wrote its number here had ended.
            (tmp_path / "lock").write_text("")
        with pytest.raises(AlreadyRunning):
            Lock(tmp_path, patience=0)
        program.stdin.close()
        with Lock(tmp_path):
            pass
