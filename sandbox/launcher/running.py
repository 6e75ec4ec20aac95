"""The two modes of `make run`: one resync, or an integration that stays."""

import time
from collections.abc import Callable

from launcher.errors import ResyncFailed
from launcher.integration import Integration
from launcher.metrics import Metrics
from launcher.progress import LiveEvent, Progress
from launcher.resync import Kind, Resync, why_it_failed
from launcher.table import notes, table
from launcher.terminal import Terminal

POLL_INTERVAL = 0.1
LOG_SETTINGS = {"APPLICATION__LOG_LEVEL": "INFO"}


def once(integration: Integration, terminal: Terminal) -> None:
    """Do one resync, print the table; fail with the reason when it did not bring everything."""
    with Metrics() as metrics:
        integration.settings = {**integration.settings, **metrics.settings, **LOG_SETTINGS}
        process = integration.start_once()
        progress = Progress(process, metrics)
        terminal.status("The integration starts")
        while process.status is None:
            _report(progress, terminal)
            time.sleep(POLL_INTERVAL)
        _report(progress, terminal)
    terminal.clear_status()
    found = progress.result()
    if not found.kinds and not found.over:
        raise process.failure()
    terminal.print()
    terminal.print(table(found))
    for note in notes(found):
        terminal.print(note)
    if reason := why_it_failed(found, progress.lines):
        raise ResyncFailed(f"{reason} The log is {process.log}.")


def stay(
    integration: Integration,
    terminal: Terminal,
    ready: Callable[[], None],
    check: Callable[[], None],
) -> None:
    """Keep the integration running; `ready` is called once it answers, `check` all the time."""
    with Metrics() as metrics:
        integration.settings = {**integration.settings, **metrics.settings, **LOG_SETTINGS}
        process = integration.start()
        progress = Progress(process, metrics)
        terminal.status("The integration starts")
        integration.wait_until_ready()
        ready()
        while process.status is None:
            _report(progress, terminal)
            check()
            time.sleep(POLL_INTERVAL)
        raise process.failure()


def _report(progress: Progress, terminal: Terminal) -> None:
    for new in progress.poll():
        if isinstance(new, Kind):
            terminal.print(kind_line(new))
        elif isinstance(new, Resync):
            terminal.print(_end_line(new, progress))
        elif isinstance(new, LiveEvent):
            terminal.print(f"  Live event on {new.page}: {new.brought}")
        else:
            terminal.transient_status(f"The integration: {new}")


def kind_line(kind: Kind) -> str:
    entities = kind.upserted + kind.unchanged
    state = "" if kind.state == "completed" else f" [red]{kind.state}[/red]"
    if kind.refused:
        state = f" [red]{kind.refused} refused[/red]{state}"
    return (
        f"  {kind.name:<16} {kind.fetched:>6} read {entities:>6} in the catalog "
        f"{kind.seconds:>6.1f} s{state}"
    )


def _end_line(found: Resync, progress: Progress) -> str:
    if reason := why_it_failed(found, progress.lines):
        return f"  [red]The resync failed.[/red] {reason}"
    return (
        f"  The resync is done: {found.entities} entities, {found.deleted} deleted, "
        f"{found.seconds:.1f} s"
    )
