"""What changed in a public view, as notifications for the queue of live events. No I/O."""

from collections.abc import Iterable, Iterator, Mapping

from kinds import ObjectKind
from live_events.notification import Notification, of_incident
from statuspage import Raw

from .compare import Changes


def notifications(
    page_id: str, changes: Changes, incidents: Mapping[str, Raw], *, rows_suffice: bool
) -> Iterator[Notification]:
    """Name each object that is to be read again.

    `rows_suffice` tells that a component's public row holds all that the mapping asks for, so that
    no request is counted for it. An incident as the view shows it serves to see that a webhook was
    faster.
    """
    if changes.page or changes.status or changes.groups:
        yield Notification(
            page_id, ObjectKind.PAGE, page_id, groups=changes.groups, whole=changes.page
        )
    for id_ in sorted(changes.components):
        yield Notification(page_id, ObjectKind.COMPONENT, id_, shown=rows_suffice)
    for id_ in sorted(changes.incidents):
        told = of_incident(page_id, incidents[id_]) if id_ in incidents else None
        yield told or Notification(page_id, ObjectKind.INCIDENT, id_)
    yield from _unseen(page_id, ObjectKind.COMPONENT, changes.unseen_components)
    yield from _unseen(page_id, ObjectKind.COMPONENT_GROUP, changes.unseen_groups)
    yield from _unseen(page_id, ObjectKind.INCIDENT, changes.unseen_incidents)


def _unseen(page_id: str, kind: ObjectKind, ids: Iterable[str]) -> Iterator[Notification]:
    for id_ in sorted(ids):
        yield Notification(page_id, kind, id_, unseen=True)
