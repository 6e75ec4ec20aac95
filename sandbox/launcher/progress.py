"""Follows an integration: its log, and what Ocean reports of its resyncs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from launcher.log_lines import message
from launcher.metrics import Metrics, Report
from launcher.processes import Process
from launcher.resync import WHOLE, Kind, Resync, kind_of, resync

# The lines of Ocean that the user is shown, and in which words.
_WORDS = (
    (re.compile(r"Fetching access token"), "signing in at Port"),
    (re.compile(r"Creating blueprint with id: (\w+)"), r"creating the blueprint \1"),
    (re.compile(r"Starting processing resource (\w+)"), r"reading \1"),
    (re.compile(r"Starting reconciliation phase"), "deleting what is gone"),
    (re.compile(r"(Waiting \d+ s for the request window).*"), r"\1"),
    (re.compile(r"Resync finished successfully"), "waiting for changes"),
    (re.compile(r"Resync failed with"), "waiting for the next resync"),
)
_LIVE_EVENT = re.compile(r"Live event on (?P<page>.+) \(\w+\): (?P<brought>.*)")
_PROBLEM = re.compile(r"\| (?:WARNING|ERROR) +\| (Statuspage (?:answered|did not answer) .*)")


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """The status page has told the integration of a change, which is in the catalog now."""

    page: str
    brought: str


class Progress:
    """What has happened since the integration was started."""

    def __init__(self, process: Process, metrics: Metrics) -> None:
        self._process = process
        self._metrics = metrics
        self._reports: list[Report] = []
        self.lines: list[str] = []

    def poll(self) -> Iterator[str | LiveEvent | Kind | Resync]:
        """Yield what is new: what is being done, kinds as they finish, a resync that is over."""
        for line in self._process.new_lines():
            self.lines.append(line)
            if event := _LIVE_EVENT.match(message(line)):
                yield LiveEvent(**event.groupdict())
            elif (words := step(line)) is not None:
                yield words
        for report in self._metrics.new():
            yield from self._received(report)

    def result(self) -> Resync:
        """Return what is known of the resync."""
        return resync(self._reports, self.lines)

    def _received(self, report: Report) -> Iterator[Kind | Resync]:
        whole = report.get("kindIdentifier") == WHOLE
        if whole and report.get("syncState") == "syncing":
            self._reports.clear()
        self._reports.append(report)
        if whole and self.result().over:
            yield self.result()
        elif "extract" in report.get("metrics", {}).get("phase", {}):
            yield kind_of(report)


def step(line: str) -> str | None:
    """Return what a line of the log says about progress, if anything."""
    if problem := _PROBLEM.search(line):
        return problem[1]
    text = message(line)
    return next((found.expand(words) for is_, words in _WORDS if (found := is_.match(text))), None)
