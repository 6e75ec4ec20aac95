"""What a program and all that it starts take of the machine.

Processor time is the system's own account of children that have ended, and sampled while they run.
Memory is sampled: the
sum over the processes of their proportional share (PSS), so that what forks have in common counts
once. Samples need Linux; elsewhere memory stays unknown.
"""

import os
import re
import resource
import time
from pathlib import Path

SAMPLE_EVERY = 0.2
PROC = Path("/proc")
# Of the system's clock, in which it tells what a process that runs has used.
_TICK = os.sysconf("SC_CLK_TCK")
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def processor_seconds() -> float:
    """Return the user and system time of all children that have ended, with theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def children(parent: int) -> set[int]:
    """Return the processes that a process has started and that still run."""
    try:
        threads = list((PROC / str(parent) / "task").iterdir())
        return {int(pid) for one in threads for pid in (one / "children").read_text().split()}
    except OSError:
        return set()


def family(root: int) -> set[int]:
    return {root}.union(*(family(child) for child in children(root)))


def share(process: int) -> int:
    """Return the bytes of a process, its part of what is shared; 0 when it has ended."""
    try:
        found = _PSS.search((PROC / str(process) / "smaps_rollup").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def used(process: int) -> float:
    """Return the processor time of a process and of its children that have ended, in seconds."""
    try:
        text = (PROC / str(process) / "stat").read_text()
    except OSError:
        return 0.0
    # The name, in brackets, may hold anything.
    fields = text.rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICK


class Meter:
    """Watches what is started while it is there."""

    def __init__(self) -> None:
        self._others = children(os.getpid())
        self._processor = processor_seconds()
        self._due = 0.0
        self.most_memory = 0
        # What had been used, and when.
        self.samples: list[tuple[float, float]] = []

    def look(self) -> None:
        ours = children(os.getpid()) - self._others
        processes = [process for root in ours for process in family(root)]
        self.samples.append((time.time(), sum(map(used, processes))))
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + SAMPLE_EVERY
            self.most_memory = max(self.most_memory, sum(map(share, processes)))

    @property
    def processor(self) -> float:
        """Return the processor time of what has been started and has ended since."""
        return processor_seconds() - self._processor
