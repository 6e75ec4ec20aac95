"""The whole loop of a test, and resyncs in it."""

import json
import shutil
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from end_to_end.catalog import BLUEPRINTS, Catalog
from end_to_end.expected import expected, seen
from end_to_end.proxy import Proxy
from end_to_end.statuspage import Statuspage
from launcher.integration import CONFIG, Integration
from launcher.metrics import Metrics
from launcher.processes import Process
from launcher.progress import Progress
from launcher.resync import Resync, why_it_failed
from launcher.server import EMPTY
from launcher.stack import Stack

# Generous: a resync here takes some three seconds on an idle machine.
PATIENCE = 120.0
# To compare the whole catalog is work, which the programs that are tested have to wait for.
POLL_INTERVAL = 0.2
SERVER = {
    # The tests ask more than a key may; what the integration sends is counted at the proxy.
    "rate_limit": 0,
    # Links begin with it: they stay the same wherever the server listens.
    "public_url": "https://status.example.com",
}
# The page of the config file: visitors may report problems there, and many of them have an effect.
STATUSPAGE = {**EMPTY, "problem_reports": True, "disruption_detection": {"enabled": True}}
PORT = "OCEAN__PORT__BASE_URL"
HOST = f"{CONFIG}STATUSPAGE_HOST"
API_KEY = f"{CONFIG}STATUSPAGE_API_KEY"
PAGES = f"{CONFIG}STATUSPAGE_IDS"
IDENTIFIER = "OCEAN__INTEGRATION__IDENTIFIER"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one resync did."""

    resync: Resync
    why_it_failed: str | None
    lines: Sequence[str]


class Loop:
    """A server and a sandbox, a proxy in front of each, and an integration between the proxies."""

    def __init__(self, directory: Path, company: Path, **server: Any) -> None:
        shutil.copytree(company, directory, dirs_exist_ok=True)
        settings = {"statuspage": STATUSPAGE, "server": {**SERVER, **server}}
        self.stack = Stack(directory, server_settings=settings)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            stack = opening.enter_context(self.stack)
            self.in_front_of_port = opening.enter_context(Proxy(stack.sandbox.address))
            self.in_front_of_server = opening.enter_context(Proxy(stack.server.address))
            stack.integration.settings = {
                PORT: self.in_front_of_port.address,
                HOST: self.in_front_of_server.address,
                **stack.integration.settings,
            }
            stack.start_services()
            self.statuspage = opening.enter_context(Statuspage(stack.server.address, stack.key()))
            self.catalog = opening.enter_context(Catalog(stack.sandbox.address))
            self._open = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def restore(self) -> None:
        """Remove all faults; bring the catalog in step where a test has left it otherwise."""
        self.in_front_of_port.restore()
        self.in_front_of_server.restore()
        if not self.in_step():
            assert self.resync().why_it_failed is None
            assert self.in_step()
            self.restore()

    def another_integration(self, identifier: str, **settings: str) -> Integration:
        return Integration(
            self.stack.directory / identifier,
            {**self.stack.integration.settings, IDENTIFIER: identifier, **settings},
        )

    def resync(self, integration: Integration | None = None) -> Outcome:
        with self.once(integration) as run:
            return run.end()

    def once(self, integration: Integration | None = None) -> "Run":
        return Run(integration or self.stack.integration, Integration.start_once, {})

    def incremental(self) -> "Run":
        settings = {"OCEAN__INTEGRATION__INCREMENTAL_SYNC_ENABLED": "true"}
        return Run(self.stack.integration, Integration.start_once, settings)

    def stay(self, **settings: str) -> "Run":
        """Start the integration to stay; it looks every second whether a resync is asked for."""
        listener = json.dumps({"type": "POLLING", "interval": 1})
        settings = {"OCEAN__EVENT_LISTENER": listener, **settings}
        return Run(self.stack.integration, Integration.start, settings)

    def only_events(self) -> "Run":
        """Start the integration for events alone, as where resyncs have a process of their own."""
        usual = self.stack.integration
        events = Integration(self.stack.directory / "events", usual.settings, usual.port)
        listener = json.dumps({"type": "WEBHOOKS_ONLY"})
        return Run(events, Integration.start, {"OCEAN__EVENT_LISTENER": listener})

    def only_actions(self) -> "Run":
        """Start the integration for actions alone, where nothing can be told to it."""
        listener = json.dumps({"type": "ACTIONS_ONLY"})
        return Run(
            self._without_address("actions"), Integration.start, {"OCEAN__EVENT_LISTENER": listener}
        )

    def watch(self, **settings: str) -> "Run":
        """Start the integration to stay where nothing can be told to it: it has to look."""
        listener = json.dumps({"type": "POLLING", "interval": 1})
        settings = {"OCEAN__EVENT_LISTENER": listener, **settings}
        return Run(self._without_address("watch"), Integration.start, settings)

    def _without_address(self, name: str) -> Integration:
        usual = self.stack.integration
        alone = {key: one for key, one in usual.settings.items() if key != "OCEAN__BASE_URL"}
        return Integration(self.stack.directory / name, alone, usual.port)

    def differences(self, page_ids: Sequence[str] | None = None) -> list[str]:
        """Return each entity that is missing, should not be there, or differs from the server."""
        here, there = seen(self.catalog.entities()), expected(self.statuspage, page_ids)
        return [
            f"{blueprint} {one}: {here[blueprint].get(one)}, not {there[blueprint].get(one)}"
            for blueprint in BLUEPRINTS
            for one in sorted({*here[blueprint], *there[blueprint]})
            if here[blueprint].get(one) != there[blueprint].get(one)
        ]

    def in_step(self) -> bool:
        """Tell whether the catalog holds what the server has: each entity, nothing else."""
        return not self.differences()

    def assert_in_step(self, page_ids: Sequence[str] | None = None) -> None:
        """The catalog holds what the server has."""
        assert self.differences(page_ids) == []


class Run:
    """An integration from its start to its end."""

    def __init__(
        self,
        integration: Integration,
        start: Callable[[Integration], Process],
        settings: Mapping[str, str],
    ) -> None:
        self._metrics = Metrics()
        usual = integration.settings
        integration.settings = {
            **usual,
            "APPLICATION__LOG_LEVEL": "INFO",
            **self._metrics.settings,
            **settings,
        }
        try:
            self.process = start(integration)
        finally:
            integration.settings = usual
        self._progress = Progress(self.process, self._metrics)
        self._finished: deque[Resync] = deque()

    def __enter__(self) -> Self:
        self._metrics.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stop()
        self._metrics.__exit__()

    def end(self) -> Outcome:
        """Wait until it ends by itself; return what its resync did."""
        self.process.wait(PATIENCE)
        self._look()
        found = self._progress.result()
        return Outcome(found, why_it_failed(found, self._progress.lines), self._progress.lines)

    def said(self, words: str) -> bool:
        """Tell whether the integration has written some words by now."""
        return self.times_said(words) > 0

    def times_said(self, words: str) -> int:
        """Return how many lines of the integration hold some words by now."""
        self._look()
        return sum(words in line for line in self._progress.lines)

    def next_resync(self) -> Resync:
        """Wait until one more resync is over.

        Ocean aborts a resync when it sees a newer request, even one from before its start: those
        do not count.
        """
        while True:
            self.process.until(self._look, PATIENCE, "finish a resync")
            if (found := self._finished.popleft()).state != "aborted":
                return found

    def _look(self) -> bool:
        self._finished.extend(new for new in self._progress.poll() if isinstance(new, Resync))
        return bool(self._finished)


def eventually(done: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Wait until something is so, and tell whether it is."""
    last = time.monotonic() + seconds
    while not done() and time.monotonic() < last:
        time.sleep(POLL_INTERVAL)
    return done()
