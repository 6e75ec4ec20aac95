"""What `make run` does, once the programs to start are known."""

import time
from collections.abc import Callable

from launcher.errors import ResyncFailed
from launcher.integration import Integration
from launcher.metrics import Metrics
from launcher.resync import Kind, Resync, why_it_failed
from launcher.show import Show
from launcher.table import notes, table
from launcher.watching import LiveEvent, Watch

LOOK_EVERY = 0.1
LOG_SETTINGS = {"APPLICATION__LOG_LEVEL": "INFO"}


def once(integration: Integration, show: Show) -> None:
    """Do one resync, print the table; fail with the reason when it did not bring everything."""
    with Metrics() as metrics:
        integration.settings = {**integration.settings, **metrics.settings, **LOG_SETTINGS}
        process = integration.start_once()
        watch = Watch(process, metrics)
        show.doing("The integration starts")
        while process.status is None:
            _tell(watch, show)
            time.sleep(LOOK_EVERY)
        _tell(watch, show)
    show.rest()
    found = watch.result()
    if not found.kinds and not found.over:
        raise process.failure()
    show.say()
    show.say(table(found))
    for note in notes(found):
        show.say(note)
    if reason := why_it_failed(found, watch.lines):
        raise ResyncFailed(f"{reason} The log is {process.log}.")


def stay(
    integration: Integration, show: Show, ready: Callable[[], None], check: Callable[[], None]
) -> None:
    """Keep the integration running; `ready` is called once it answers, `check` all the time."""
    with Metrics() as metrics:
        integration.settings = {**integration.settings, **metrics.settings, **LOG_SETTINGS}
        process = integration.start()
        watch = Watch(process, metrics)
        show.doing("The integration starts")
        integration.wait_until_ready()
        ready()
        while process.status is None:
            _tell(watch, show)
            check()
            time.sleep(LOOK_EVERY)
        raise process.failure()


def _tell(watch: Watch, show: Show) -> None:
    for new in watch.look():
        if isinstance(new, Kind):
            show.say(kind_line(new))
        elif isinstance(new, Resync):
            show.say(_end_line(new, watch))
        elif isinstance(new, LiveEvent):
            show.say(f"  Live event on {new.page}: {new.brought}")
        else:
            show.glimpse(f"The integration: {new}")


def kind_line(kind: Kind) -> str:
    """Return a line about a kind that is done."""
    entities = kind.upserted + kind.unchanged
    state = "" if kind.state == "completed" else f" [red]{kind.state}[/red]"
    return (
        f"  {kind.name:<16} {kind.fetched:>6} read {entities:>6} in the catalog "
        f"{kind.seconds:>6.1f} s{state}"
    )


def _end_line(found: Resync, watch: Watch) -> str:
    if reason := why_it_failed(found, watch.lines):
        return f"  [red]The resync failed.[/red] {reason}"
    return (
        f"  The resync is done: {found.entities} entities, {found.deleted} deleted, "
        f"{found.seconds:.1f} s"
    )
