"""`make bench/watching`: changes of every kind without a base URL; hundreds of pages at rest."""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from end_to_end.proxy import Proxy
from end_to_end.statuspage import Statuspage
from launcher.errors import LauncherError
from launcher.integration import CONFIG, Integration
from launcher.stack import Stack

from live.delays import percentile
from watching.arrivals import Arrivals
from watching.every_kind import Changer, change
from watching.rest import Rest, at_rest

COUNTED = "GET /v1/"

# What the README of the integration promises beyond the interval.
LATE = 3.0

# Of one core, and requests a second.
MOST_PROCESSOR, MOST_REQUESTS = 0.03, 10.0
REST_INTERVAL = 30


def main() -> int:
    """Measure; return 1 when a change was lost, late or dear, or when rest was not at rest."""
    parser = argparse.ArgumentParser(prog="make bench/watching", description=__doc__)
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--interval", type=int, default=5)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=600)
    given = parser.parse_args()
    print(f"On {os.cpu_count()} cores.\n", flush=True)
    try:
        with tempfile.TemporaryDirectory() as directory:
            good = _changes(Path(directory), given.changes, given.interval)
        with tempfile.TemporaryDirectory() as directory:
            rest = at_rest(Path(directory), given.pages, REST_INTERVAL, given.seconds)
    except LauncherError as error:
        print(error, file=sys.stderr)
        return 1
    good &= _tell_rest(rest, given.pages)
    return int(not good)


def _changes(directory: Path, count: int, interval: int) -> bool:
    stack = Stack(directory, server_settings={"server": {"rate_limit": 0}})
    with stack:
        page_id = stack.server.generate("Measured", components=60, groups=6, incidents=50)
        stack.start_services()
        with (
            Proxy(stack.server.address) as proxy,
            Statuspage(stack.server.address, stack.key()) as server,
        ):
            integration = _watching(stack, directory, proxy.address, interval)
            try:
                integration.wait_until_ready()
                _until_watched(proxy, page_id)
                groups = [one["id"] for one in server.groups(page_id)]
                components = [one["id"] for one in server.components(page_id)]
                changer = Changer(server, page_id, components, groups, random.Random(1))  # noqa: S311
                arrivals = Arrivals(stack.sandbox.address)
                changer.open_some()
                time.sleep(3 * interval)
                proxy.restore()
                change(changer, arrivals, count)
                time.sleep(2 * interval)
                return _tell_changes(arrivals, proxy.count(COUNTED), interval)
            finally:
                integration.stop()


def _watching(stack: Stack, directory: Path, host: str, interval: int) -> Integration:
    usual = stack.integration.settings
    settings = {key: one for key, one in usual.items() if key != "OCEAN__BASE_URL"}
    settings |= {f"{CONFIG}STATUSPAGE_HOST": host, f"{CONFIG}WATCH_INTERVAL": str(interval)}
    # Changes come faster than a key's quota allows to read them one by one.
    settings[f"{CONFIG}REQUESTS_PER_MINUTE"] = "6000"
    integration = Integration(directory / "watch", settings)
    integration.start()
    return integration


def _until_watched(proxy: Proxy, page_id: str) -> None:
    """Wait for the resync, and for some looks behind it."""
    until = time.monotonic() + 120
    while proxy.count(f"{page_id}/api/v2/summary") < 4:
        if time.monotonic() > until:
            raise LauncherError("The page was not looked at.")
        time.sleep(0.5)


def _tell_changes(arrivals: Arrivals, counted: int, interval: int) -> bool:
    by_kind: dict[str, list[float]] = defaultdict(list)
    for kind, delay in arrivals.delays:
        by_kind[kind].append(delay)
    print(f"{'change':<22} {'changes':>7} {'median':>7} {'p99':>7} {'most':>7}")
    for kind, delays in sorted(by_kind.items()):
        _row(kind, delays)
    every = [delay for _, delay in arrivals.delays]
    _row("all", every)
    share = counted / len(every)
    print(
        f"\nLooked at every {interval} s. Counted requests: {counted}, {share:.2f} for a change.\n",
        flush=True,
    )
    soon = statistics.median(every) < interval and percentile(every, 0.99) <= interval + LATE
    return soon and counted <= len(every)


def _row(name: str, delays: list[float]) -> None:
    print(
        f"{name:<22} {len(delays):>7} {statistics.median(delays):>5.2f} s"
        f" {percentile(delays, 0.99):>5.2f} s {max(delays):>5.2f} s"
    )


def _tell_rest(rest: Rest, pages: int) -> bool:
    used, rate = rest.processor / rest.seconds, rest.looks / rest.seconds
    print(
        f"{pages} pages at rest for {rest.seconds:.0f} s: {rest.counted} counted requests, "
        f"{rate:.1f} looks a second, {rest.unchanged} of {rest.looks} without content; "
        f"{used:.1%} of one core; {rest.memory_before >> 20} MB before, "
        f"{rest.memory_after >> 20} MB after."
    )
    return not rest.counted and rate <= MOST_REQUESTS and used < MOST_PROCESSOR


if __name__ == "__main__":
    sys.exit(main())
