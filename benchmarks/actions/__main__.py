"""`make bench/actions`: clicks one after the other, and a hundred at once for one page."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from launcher.errors import LauncherError
from launcher.stack import Stack

from actions.clicks import Click, Clicker
from live.__main__ import PORT_LATENCY, SETTINGS, UNLIMITED
from live.delays import percentile
from resync.catalog import Catalog

AT_ONCE = 100

# As make run has it; Ocean itself asks every ten seconds.
INTERVAL = 1.0

# What the README promises beyond the interval.
ON_THE_PAGE, IN_THE_CATALOG = 1.0, 3.0


def main() -> int:
    """Measure; return 1 when an incident was lost, doubled or late."""
    parser = argparse.ArgumentParser(prog="make bench/actions", description=__doc__)
    parser.add_argument("--clicks", type=int, default=50)
    count = parser.parse_args().clicks
    try:
        with tempfile.TemporaryDirectory() as directory:
            clicks, seconds = _measure(Path(directory), count)
    except LauncherError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"On {os.cpu_count()} cores, Statuspage 150 ms away and Port 50 ms, {count} clicks.\n")
    print(f"{'from the click until':<24} {'median':>7} {'p99':>7}")
    _row("it is on the page", [click.page for click in clicks])
    _row("it is in the catalog", [click.catalog for click in clicks])
    _row("its run has ended", [click.ended for click in clicks])
    print(f"\n{AT_ONCE} clicks at once for one page: each done once, after {seconds:.0f} s.")
    on_the_page = median(click.page for click in clicks)
    in_the_catalog = median(click.catalog for click in clicks)
    return int(on_the_page > INTERVAL + ON_THE_PAGE or in_the_catalog > INTERVAL + IN_THE_CATALOG)


def _measure(directory: Path, count: int) -> tuple[list[Click], float]:
    stack = Stack(
        directory,
        faults=True,
        server_settings={"server": UNLIMITED},
        integration_settings=SETTINGS,
    )
    with stack:
        page_id = stack.server.generate("Measured", components=30, groups=4, incidents=50)
        stack.start_services()
        Catalog(stack.sandbox.address).be_slow(PORT_LATENCY)
        stack.integration.start()
        stack.integration.wait_until_ready()
        clicker = Clicker(stack, page_id)
        clicker.one("The first one")
        print(f"{count} clicks, one after the other", file=sys.stderr, flush=True)
        clicks = [_click(clicker, number, count) for number in range(count)]
        print(f"{AT_ONCE} clicks at once", file=sys.stderr, flush=True)
        return clicks, _at_once(clicker)


def _click(clicker: Clicker, number: int, count: int) -> Click:
    # A run ends at much the same moment between two questions for runs: clicks right behind it
    # would all wait as long for the next.
    time.sleep(INTERVAL * number / count)
    return clicker.one(f"Click {number}")


def _at_once(clicker: Clicker) -> float:
    begun = time.monotonic()
    names = [f"At once {number}" for number in range(AT_ONCE)]
    runs = [clicker.click(name) for name in names]
    while any(clicker.state(run) == "IN_PROGRESS" for run in runs):
        time.sleep(1)
    if sorted(clicker.names()) != sorted(names):
        raise LauncherError("Not each of the clicks at once opened one incident.")
    return time.monotonic() - begun


def _row(name: str, seconds: Sequence[float]) -> None:
    print(f"{name:<24} {median(seconds):>5.2f} s {percentile(seconds, 0.99):>5.2f} s")


if __name__ == "__main__":
    sys.exit(main())
