"""One run of an integration: from its start to its end, and what it took."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from launcher.errors import ResyncFailed
from launcher.integration import Integration
from launcher.metrics import Metrics
from launcher.progress import Progress
from launcher.resync import Resync, why_it_failed

from resync.usage import Meter

POLL_INTERVAL = 0.05


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took, in seconds and bytes; `resync` is Ocean's own account of it."""

    started: float
    process: float
    processor: float
    memory: int
    resync: Resync
    # The processor time that had been used, and when, all along.
    samples: list[tuple[float, float]]

    @property
    def wall(self) -> float:
        """How long the resync itself took, without the start and the end of the program."""
        return self.resync.seconds

    def processor_until(self, moment: float) -> float:
        """Return the processor time that had been used by then."""
        return next((used for at, used in self.samples if at >= moment), self.processor)


def run(integration: Integration, settings: Mapping[str, str]) -> Run:
    """Run an integration once, to its end; fail when it did not bring everything."""
    incremental = "OCEAN__INTEGRATION__INCREMENTAL_SYNC_ENABLED" in settings
    before = integration.settings
    with Metrics() as metrics:
        integration.settings = {**before, **metrics.settings, **settings}
        meter = Meter()
        started = time.time()
        process = integration.start_once()
        progress = Progress(process, metrics)
        while process.status is None:
            meter.look()
            _read(progress)
            time.sleep(POLL_INTERVAL)
        took = time.time() - started
        _read(progress)
    integration.settings = before
    found = progress.result()
    # Ocean reports nothing of an incremental sync.
    if not incremental and (reason := why_it_failed(found, progress.lines)):
        raise ResyncFailed(f"{reason} The log is {process.log}.")
    if process.status != 0:
        raise process.failure()
    return Run(started, took, meter.processor, meter.most_memory, found, meter.samples)


def _read(progress: Progress) -> None:
    for _ in progress.poll():
        pass
