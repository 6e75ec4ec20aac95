"""What the commands of a maintenance have in common: its time, and what happens by itself."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import click

from statuspage.cli.input.types import LENGTH, MOMENT

# The API refuses a beginning that has passed when it reads the request.
SOON = timedelta(minutes=1)

# Each option: the field of the draft, whether it is so unless told otherwise, what it means.
SWITCHES: Mapping[str, tuple[str, bool, str]] = {
    "auto-start": ("scheduled_auto_in_progress", True, "Begin by itself when its time has come."),
    "auto-complete": ("scheduled_auto_completed", False, "End by itself when its time is over."),
    "set-maintenance": (
        "auto_transition_to_maintenance_state",
        True,
        "Put its components under maintenance when it begins.",
    ),
    "set-operational": (
        "auto_transition_to_operational_state",
        True,
        "Set its components back when it ends.",
    ),
    "remind": ("scheduled_remind_prior", False, "Remind subscribers an hour before it begins."),
    "notify-at-start": (
        "auto_transition_deliver_notifications_at_start",
        False,
        "Notify subscribers when it begins by itself.",
    ),
    "notify-at-end": (
        "auto_transition_deliver_notifications_at_end",
        False,
        "Notify subscribers when it ends by itself.",
    ),
}
REACHING = frozenset(
    {
        "scheduled_remind_prior",
        "auto_transition_deliver_notifications_at_start",
        "auto_transition_deliver_notifications_at_end",
    }
)


def switches(*, with_defaults: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add an option for each switch; without defaults, what is not given is None."""

    def with_switches(command: Callable[..., Any]) -> Callable[..., Any]:
        for name, (field, default, told) in reversed(list(SWITCHES.items())):
            said = f" [default: {name if default else 'no-' + name}]" if with_defaults else ""
            command = click.option(
                f"--{name}/--no-{name}",
                field,
                default=default if with_defaults else None,
                help=f"{told}{said}",
            )(command)
        return command

    return with_switches


def times(begin: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add when it begins and ends."""

    def with_times(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option("--for", "length", type=LENGTH, help="How long it takes, such as 90m."),
            click.option("--until", type=MOMENT, help="When it ends."),
            click.option("--at", "--scheduled", "-s", "begin", type=MOMENT, help=begin),
        ):
            command = option(command)
        return command

    return with_times


def end_of(
    begin: datetime | None, until: datetime | None, length: timedelta | None
) -> datetime | None:
    """Return the end, of which one word is enough."""
    if until is not None and length is not None:
        raise click.UsageError("Give --until or --for, not both.")
    if length is not None and begin is None:
        raise click.UsageError("--for needs --at: say when it begins, or --until when it ends.")
    return begin + length if begin is not None and length is not None else until


def switched(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said of each switch."""
    fields = [field for field, _, _ in SWITCHES.values()]
    return {field: given[field] for field in fields if given[field] is not None}


def reaches(said: Mapping[str, Any]) -> bool:
    """Tell whether subscribers would hear of it, now or later."""
    return bool(said.get("deliver_notifications")) or any(said.get(field) for field in REACHING)
