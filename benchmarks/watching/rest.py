"""Hundreds of pages at rest, watched by one process: requests, processor time and memory."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from launcher.errors import LauncherError
from launcher.integration import CONFIG, Integration
from launcher.stack import Stack

from resync.usage import PROC, children, family, share
from watching.many_pages import ManyPages

# The first looks read everything once.
SETTLED_AFTER = 75.0


@dataclass(frozen=True, slots=True)
class Rest:
    """What a process did while nothing happened."""

    seconds: float
    counted: int
    looks: int
    unchanged: int
    processor: float
    memory_before: int
    memory_after: int


def at_rest(directory: Path, pages: int, interval: int, seconds: float) -> Rest:
    """Let it watch for so long, after its resync and its first looks."""
    stack = Stack(directory)
    with ManyPages(pages) as service, stack:
        stack.start_services()
        settings = {
            **stack.integration.settings,
            f"{CONFIG}STATUSPAGE_HOST": service.address,
            f"{CONFIG}REQUESTS_PER_MINUTE": "60000",
            f"{CONFIG}WATCH_INTERVAL": str(interval),
            "OCEAN__ACTIONS_PROCESSOR__ENABLED": "false",
        }
        settings.pop("OCEAN__BASE_URL", None)
        others = children(os.getpid())
        integration = Integration(directory / "watch", settings)
        integration.start()
        try:
            integration.wait_until_ready()
            [root] = children(os.getpid()) - others
            _until_settled(service)
            service.forget()
            began, used = time.monotonic(), _processor(root)
            before = _memory(root)
            time.sleep(seconds)
            return Rest(
                time.monotonic() - began,
                service.counted,
                service.looks,
                service.unchanged,
                _processor(root) - used,
                before,
                _memory(root),
            )
        finally:
            integration.stop()


def _until_settled(service: ManyPages) -> None:
    until = time.monotonic() + 300
    while service.looks < 3 * len(service.ids):
        if time.monotonic() > until:
            raise LauncherError("The pages were not looked at.")
        time.sleep(1)
    time.sleep(SETTLED_AFTER)


def _processor(root: int) -> float:
    """Return the seconds that a program and what it has started have used."""
    ticks = 0
    for process in family(root):
        stat = (PROC / str(process) / "stat").read_text(encoding="utf-8")
        # What stands before the bracket is the program's name, with blanks in it.
        fields = stat.rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory(root: int) -> int:
    return sum(share(process) for process in family(root))
