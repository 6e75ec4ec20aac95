"""What a webhook or the watch tells: which object of which page changed, and how far it goes.

Notifications have no type: https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/
Only ids are taken from them, and whatever is not exactly an id is none. What they say of an
object's state serves to see that it has been read already.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kinds import ObjectKind
from resync.streams import moment
from statuspage import Raw, is_identifier


@dataclass(frozen=True, slots=True)
class Notification:
    """An object to read: an incident, a component, a group, or a page with what it shows in public.

    `status` is None when nothing is known of the object, so that it has to be read. `groups` are
    those of a page that the public view shows otherwise, or did not show yet. The rest comes from
    watching the public view: `shown`, it shows the component as it is now; `unseen`, it would show
    the object if that were still there; `whole`, more of the page changed than its status.
    """

    page_id: str
    kind: ObjectKind
    id: str
    status: str | None = None
    changed_at: datetime | None = None
    updates: int = 0
    groups: frozenset[str] = frozenset()
    shown: bool = False
    unseen: bool = False
    whole: bool = False

    def and_also(self, other: "Notification") -> "Notification":
        """Return one for two about the same object: it is read unless they say the same."""
        if self == other:
            return self
        return replace(
            self,
            status=None,
            groups=self.groups | other.groups,
            shown=self.shown and other.shown,
            # What came last knows best whether it is there.
            unseen=other.unseen,
            whole=self.whole or other.whole,
        )

    def is_answered_by(self, raw: Raw) -> bool:
        """Tell whether an object, as it was read, already holds what this was sent for."""
        if self.status is None or raw.get("status") != self.status or self.changed_at is None:
            return False
        if self.kind is ObjectKind.INCIDENT:
            latest, updates = _history(raw)
            return latest is not None and latest >= self.changed_at and updates >= self.updates
        # The API cuts the moment of a component's change to the second.
        known = moment(raw.get("updated_at"))
        return known is not None and self.changed_at - known < timedelta(seconds=1)


def notification_of(payload: object) -> Notification | None:
    """Read any JSON; None when it is no notification about an object with a proper id."""
    if not isinstance(payload, dict):
        return None
    page_id = _id_in(payload.get("page"), "id")
    if page_id is None:
        return None
    if isinstance(incident := payload.get("incident"), dict):
        return of_incident(page_id, incident)
    if isinstance(update := payload.get("component_update"), dict):
        return _of_component(page_id, update, payload.get("component"))
    return None


def of_incident(page_id: str, incident: Raw) -> Notification | None:
    """Return what an incident in a webhook or in the public view says; None without an id."""
    if (incident_id := _id_in(incident, "id")) is None:
        return None
    latest, updates = _history(incident)
    status = _text(incident.get("status"))
    return Notification(page_id, ObjectKind.INCIDENT, incident_id, status, latest, updates)


def _of_component(page_id: str, update: Raw, component: object) -> Notification | None:
    component_id = _id_in(update, "component_id") or _id_in(component, "id")
    if component_id is None:
        return None
    status, changed_at = _text(update.get("new_status")), moment(update.get("created_at"))
    return Notification(page_id, ObjectKind.COMPONENT, component_id, status, changed_at)


def _history(incident: Raw) -> tuple[datetime | None, int]:
    """Return when an incident or one of its updates changed last, and how many updates it has."""
    updates = incident.get("incident_updates")
    history = updates if isinstance(updates, list) else []
    moments = [moment(incident.get("updated_at")), *_moments(history)]
    return max((value for value in moments if value is not None), default=None), len(history)


def _moments(updates: Iterable[object]) -> Iterable[datetime | None]:
    for update in updates:
        if isinstance(update, dict):
            yield moment(update.get("updated_at"))


def _id_in(holder: object, key: str) -> str | None:
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, str) and is_identifier(value) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
