"""`make bench/live`: 200 changes while nothing else goes on, and as many while a resync runs."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.errors import LauncherError
from launcher.integration import INSTALLATION
from launcher.stack import Stack

from live.changes import Changer
from live.delays import HEAD, Delay, health_row, percentile, row
from live.health import watched_health
from resync.account import read_account
from resync.catalog import Catalog
from resync.web import ask

STATUSPAGE_LATENCY = 0.15
PORT_LATENCY = 0.05

# No limit: what is measured is how fast it is, and not how long it waits for its quota.
UNLIMITED = {"rate_limit": 0, "trouble": {"latency": STATUSPAGE_LATENCY}}
SETTINGS = {"OCEAN__INTEGRATION__CONFIG__REQUESTS_PER_MINUTE": "6000"}

# What the README promises of changes while 3,000 incidents are resynced.
BOUND = 5.0


def main() -> int:
    """Measure; return 1 when a change was lost or came too late."""
    parser = argparse.ArgumentParser(prog="make bench/live", description=__doc__)
    parser.add_argument("--changes", type=int, default=200)
    count = parser.parse_args().changes
    try:
        quiet = _quiet(count)
        busy, health = _busy(count)
    except LauncherError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"On {os.cpu_count()} cores, Statuspage 150 ms away and Port 50 ms.\n\n{HEAD}")
    print(row("nothing else goes on", quiet, STATUSPAGE_LATENCY))
    print(row("1000/100/3000 resync", busy, STATUSPAGE_LATENCY))
    print(health_row(health))
    late = percentile([delay.total for delay in busy], 0.99) > BOUND
    print(f"\nEvery change arrived{'' if not late else f', but more than {BOUND:.0f} s late'}.")
    return int(late)


def _quiet(count: int) -> list[Delay]:
    with _loop(components=30, groups=4, incidents=50) as (stack, page_id):
        _say("a first resync")
        changer = _changer(stack, page_id)
        while _resyncs(stack):
            time.sleep(0.5)
        _say(f"{count} changes, while nothing else goes on")
        return list(changer.run(lambda number: number < count))


def _busy(count: int) -> tuple[list[Delay], list[float]]:
    """Change while the first resync runs, and the next ones, until there are enough.

    Return as well how long the integration took to tell that it is alive.
    """
    delays: list[Delay] = []
    with (
        _loop(components=1000, groups=100, incidents=3000) as (stack, page_id),
        watched_health(stack.integration.address) as health,
    ):
        changer = _changer(stack, page_id)
        while len(delays) < count:
            _say(f"{len(delays)} of {count} changes, while 3,000 incidents are resynced")
            left = count - len(delays)
            delays += changer.run(_while_it_runs(stack, left))
            stack.integration.restart()
            stack.integration.wait_until_ready()
    return delays, health


def _while_it_runs(stack: Stack, most: int) -> Callable[[int], bool]:
    return lambda number: number < most and (number == 0 or _resyncs(stack))


@contextmanager
def _loop(*, components: int, groups: int, incidents: int) -> Iterator[tuple[Stack, str]]:
    with tempfile.TemporaryDirectory() as directory:
        stack = Stack(
            Path(directory),
            faults=True,
            server_settings={"server": UNLIMITED},
            integration_settings=SETTINGS,
        )
        with stack:
            page_id = stack.server.generate(
                "Measured", components=components, groups=groups, incidents=incidents
            )
            stack.start_services()
            Catalog(stack.sandbox.address).be_slow(PORT_LATENCY)
            stack.integration.start()
            stack.integration.wait_until_ready()
            _wait_until_subscribed(stack, page_id)
            yield stack, page_id


def _changer(stack: Stack, page_id: str) -> Changer:
    account = read_account(stack.server.address, stack.key(), [page_id])
    return Changer(stack, page_id, [row for row in account["component"] if not row["group"]])


def _wait_until_subscribed(stack: Stack, page_id: str) -> None:
    url = f"{stack.server.address}/v1/pages/{page_id}/subscribers?state=all&type=webhook"
    while not ask(url, headers={"authorization": f"OAuth {stack.key()}"}):
        time.sleep(0.2)


def _resyncs(stack: Stack) -> bool:
    secrets = {"clientId": "benchmark", "clientSecret": "benchmark"}
    token = ask(f"{stack.sandbox.address}/v1/auth/access_token", body=secrets)["accessToken"]
    answer = ask(
        f"{stack.sandbox.address}/v1/integration/{INSTALLATION}",
        headers={"authorization": f"Bearer {token}"},
    )
    return (answer["integration"].get("resyncState") or {}).get("status") == "running"


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
