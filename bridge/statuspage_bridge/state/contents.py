"""Alerts, incidents and passes as JSON, and back. What a newer version added is passed over."""

from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.decision import Decision
from statuspage_bridge.core.passes import Pass
from statuspage_bridge.core.published import Published

ALERT = TypeAdapter(Alert)
DECISION = TypeAdapter(Decision)
PASS = TypeAdapter(Pass)
PUBLISHED = TypeAdapter(Published)


# The alerts behind a decision are for templates: what they say is no matter of the record.
_LEFT_OUT: dict[str, Any] = {"causes": True, "decisions": {"__all__": {"causes"}}}


def written[T](kind: TypeAdapter[T], value: T) -> str:
    """Return a value as JSON."""
    return kind.dump_json(value, exclude=_LEFT_OUT).decode()


def moment_of(seconds: float) -> datetime:
    """Return the time that is kept as seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)
