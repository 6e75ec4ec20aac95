"""What processes take, measured on real ones."""

import subprocess
import sys
from pathlib import Path

import pytest

from resync.usage import Meter, children, family, used

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux")

# Starts a child of its own, says so, and waits until it is told to end.
PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
held = bytearray(b"x") * 50_000_000
print(child.pid, flush=True)
input()
child.communicate(b"\\n")
"""
BUSY = "import time\nwhile time.process_time() < 0.3: pass"


def test_memory_is_that_of_the_whole_family_while_it_is_there() -> None:
    meter = Meter()
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        meter.look()
        assert family(parent.pid) >= {parent.pid, child}
        parent.communicate(b"\n")
    assert 50_000_000 < meter.most_memory < 150_000_000


def test_what_ran_before_is_not_counted() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        meter = Meter()
        meter.look()
        other.communicate(b"\n")
    assert meter.most_memory == 0


def test_processor_time_is_that_of_what_has_ended() -> None:
    meter = Meter()
    subprocess.run([sys.executable, "-c", BUSY], check=True)
    assert 0.3 <= meter.processor < 3


def test_processor_time_is_told_while_a_process_runs() -> None:
    program = BUSY + "\nprint(flush=True)\ninput()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as busy:
        assert busy.stdout is not None
        busy.stdout.readline()
        assert 0.25 <= used(busy.pid) < 3
        busy.communicate(b"\n")
    assert used(busy.pid) == 0


def test_a_process_that_is_gone_has_no_children() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert children(ended.pid) == set()
