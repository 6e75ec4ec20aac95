"""What a webhook tells: which object of which page to look at. Nothing else of it is believed.

Notifications have no type and no signature:
https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/
Anybody may send anything, so whatever is not exactly an id is no hint.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from resync.streams import moment
from statuspage import Raw, is_identifier

# Of a made-up history no more is read than a real one has.
LONGEST_HISTORY = 1_000


class Subject(Enum):
    """What a hint is about."""

    INCIDENT = "incident"
    COMPONENT = "component"
    # Never told by a webhook: our own note that a page's public view has to be looked at again.
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Hint:
    """An object to look at. What is said of its state serves only to see that we know it already.

    `status` is None when nothing is known, so that the object has to be read.
    """

    page_id: str
    subject: Subject
    id: str
    status: str | None = None
    changed_at: datetime | None = None
    updates: int = 0
    groups: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[Subject, str]:
        """What it is about, within its page."""
        return self.subject, self.id

    def and_also(self, other: "Hint") -> "Hint":
        """Return one hint for two about the same object: it is read unless they say the same."""
        if self == other:
            return self
        return replace(self, status=None, groups=self.groups | other.groups)

    def is_answered_by(self, raw: Raw) -> bool:
        """Tell whether an object, as it was read, already holds what the webhook was sent for."""
        if self.status is None or raw.get("status") != self.status:
            return False
        if self.subject is Subject.INCIDENT:
            latest, updates = _history(raw)
            return (
                self.changed_at is not None
                and latest is not None
                and latest >= self.changed_at
                and updates >= self.updates
            )
        # The API cuts the moment of a component's change to the second.
        known, told = moment(raw.get("updated_at")), self.changed_at
        # By their distance: a made-up moment at the edge of time has none before it.
        return known is not None and told is not None and told - known < timedelta(seconds=1)


def hint_of(payload: object) -> Hint | None:
    """Read any JSON; None when it is no notification about an object with a proper id."""
    if not isinstance(payload, dict):
        return None
    page_id = _id_in(payload.get("page"), "id")
    if page_id is None:
        return None
    if isinstance(incident := payload.get("incident"), dict):
        return _incident(page_id, incident)
    if isinstance(update := payload.get("component_update"), dict):
        return _component(page_id, update, payload.get("component"))
    return None


def _incident(page_id: str, incident: Raw) -> Hint | None:
    incident_id = _id_in(incident, "id")
    if incident_id is None:
        return None
    latest, updates = _history(incident)
    return Hint(
        page_id,
        Subject.INCIDENT,
        incident_id,
        status=_text(incident.get("status")),
        changed_at=latest,
        updates=updates,
    )


def _component(page_id: str, update: Raw, component: object) -> Hint | None:
    component_id = _id_in(update, "component_id") or _id_in(component, "id")
    if component_id is None:
        return None
    return Hint(
        page_id,
        Subject.COMPONENT,
        component_id,
        status=_text(update.get("new_status")),
        changed_at=moment(update.get("created_at")),
    )


def _history(incident: Raw) -> tuple[datetime | None, int]:
    """Return when an incident or one of its updates changed last, and how many updates it has."""
    updates = incident.get("incident_updates")
    history = updates[:LONGEST_HISTORY] if isinstance(updates, list) else []
    moments = [moment(incident.get("updated_at")), *_moments(history)]
    known = [value for value in moments if value is not None]
    return max(known, default=None), len(history)


def _moments(updates: Iterable[object]) -> Iterable[datetime | None]:
    for update in updates:
        if isinstance(update, dict):
            yield moment(update.get("updated_at"))


def _id_in(holder: object, key: str) -> str | None:
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, str) and is_identifier(value) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
