"""What the drafts of incidents, maintenances and changes have in common."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from .checks import (
    check_body,
    check_metadata,
    check_moment,
    check_name,
    check_reminders,
    check_statuses,
)
from .words import IMPACTS, known_word

_CHECKS: dict[str, Callable[[Any], Any]] = {
    "name": check_name,
    "body": check_body,
    "impact_override": lambda impact: known_word("impact_override", impact, IMPACTS),
    "components": check_statuses,
    "metadata": check_metadata,
    "reminder_intervals": check_reminders,
    "backfill_date": lambda moment: check_moment("backfill_date", moment),
    "display_at": lambda moment: check_moment("display_at", moment),
}


def settle(draft: Any, statuses: Iterable[str] = ()) -> None:
    """Check each value that was given, and take the API's words for what people write."""
    words = {"status": lambda status: known_word("status", status, statuses)}
    checks: dict[str, Callable[[Any], Any]] = _CHECKS | words
    for name, value in _said(draft).items():
        if name in checks:
            object.__setattr__(draft, name, checks[name](value))


def given(draft: Any) -> dict[str, Any]:
    """Return what a draft says, as it stands in a request: the rest is absent, never null."""
    return {name: _written(value) for name, value in _said(draft).items() if value != {}}


def _said(draft: Any) -> dict[str, Any]:
    values = ((field.name, getattr(draft, field.name)) for field in fields(draft))
    return {name: value for name, value in values if value is not None}


def affecting(components: Mapping[str, str | None]) -> dict[str, Any]:
    """Return how a new incident names its components: all of them, and the statuses of some."""
    if not components:
        return {}
    statuses = {id_: status for id_, status in components.items() if status is not None}
    return {"components": statuses, "component_ids": list(components)}


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return dict(value) if isinstance(value, Mapping) else value
