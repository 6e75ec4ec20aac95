"""What a webhook of PagerDuty asks for: to look again, or nothing. No I/O.

(https://developer.pagerduty.com/docs)
"""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import SecretStr

from statuspage_bridge.errors import Refused
from statuspage_bridge.sources.authentication import any_signed
from statuspage_bridge.sources.content import parsed

from .settings import PagerDutySettings

V2_EVENTS = frozenset({"incident.acknowledge", "incident.resolve"})
V3_EVENTS = frozenset(
    {
        "incident.acknowledged",
        "incident.reopened",
        "incident.resolved",
        "incident.unacknowledged",
    }
)
FIELDS_CHANGED = "incident.custom_field_values.updated"


def subscribed_events(settings: PagerDutySettings) -> set[str]:
    """Return the events of V3 that change whether an incident is public, or what it is about."""
    also = {
        "incident.triggered": settings.publishes == "triggered",
        "incident.priority_updated": bool(settings.priorities),
        "incident.service_updated": bool(settings.components),
        FIELDS_CHANGED: bool(settings.custom_fields),
    }
    return {*V3_EVENTS, *(event for event, matters in also.items() if matters)}


def asking_events(settings: PagerDutySettings) -> set[str]:
    """Return those events by their names in both versions."""
    begins = {"incident.trigger"} if settings.publishes == "triggered" else set()
    return {*V2_EVENTS, *begins, *subscribed_events(settings)}


def check_signature(body: bytes, header: str | None, secrets: Iterable[SecretStr]) -> None:
    """Refuse what none of the secrets has signed; while one is replaced, it is signed by both.

    PagerDuty sends neither again: https://developer.pagerduty.com/docs
    """
    if not header or not body:
        raise Refused(400, "The header X-PagerDuty-Signature is missing.")
    versions = [one.strip() for one in header.split(",")]
    given = [one.removeprefix("v1=") for one in versions if one.startswith("v1=")]
    if not any_signed(body, given, secrets):
        raise Refused(403, "The signature does not fit: check the secrets of this account.")


def events_of(body: bytes) -> set[str]:
    """Return the events of a webhook of either version."""
    return set(_events(body))


def _events(body: bytes) -> Iterator[str]:
    match parsed(body):
        case {"messages": list(messages)}:
            for message in messages:
                yield _event(message, "event")
        case {"event": dict(event)}:
            yield _event(event, "event_type")
        case _:
            raise Refused(400, "The body is no webhook of PagerDuty: it has no messages or event.")


def _event(message: Any, name: str) -> str:
    if not isinstance(message, dict):
        raise Refused(400, "The body is no webhook of PagerDuty: a message is no object.")
    return str(message.get(name))
