"""What changed between two views of a page. No I/O.

Nothing is taken for gone on doubtful proof: an id that is no longer shown is only named as such
when the document would have to show it, and is then still looked for by the manage API.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .view import Events, Recent, ShownById, View

# The moments of a document are not exact to each other.
SLACK = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of what changed; `unseen` are no longer shown, although they would have to be.

    Incidents and maintenances are one kind here.
    """

    page: bool = False
    status: bool = False
    components: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    incidents: frozenset[str] = frozenset()
    unseen_components: frozenset[str] = frozenset()
    unseen_groups: frozenset[str] = frozenset()
    unseen_incidents: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self != Changes()


def next_view(before: View, after: View) -> View:
    """Return the view to go on from: what could not be read stays as it was.

    Why an incident is no longer shown is told by lists that are as new as the summary. As long as
    there are none, it stays unexplained, and is looked for again.
    """
    if after.status is None:
        after = replace(after, status=before.status)
    if not after.rows_whole:
        after = replace(
            after,
            components={**before.components, **after.components},
            groups={**before.groups, **after.groups},
        )
    if after.is_complete:
        return after
    return replace(
        after,
        incidents=_with_unexplained(before.incidents, after.incidents),
        maintenances=_with_unexplained(before.maintenances, after.maintenances),
    )


def _with_unexplained(before: Events, after: Events) -> Events:
    missing = {id_: one for id_, one in before.shown.items() if id_ not in after.shown}
    return replace(after, unexplained=missing)


def compare(before: View, after: View) -> Changes:
    """Name what changed; `after` is what `next_view` has made of what was read."""
    incidents, unseen = set[str](), set[str]()
    for old, new in zip(before.events, after.events, strict=True):
        incidents |= set(_changed_events(old, new, before.updated_at - SLACK))
        unseen |= set(_unseen_events(old, new, complete=after.is_complete))
    # What is listed as an incident and was a maintenance, or the other way round, is there.
    unseen -= {id_ for new in after.events for id_ in new.shown}
    return Changes(
        page=before.page != after.page,
        status=before.status != after.status,
        components=_changed(before.components, after.components),
        groups=_changed(before.groups, after.groups),
        incidents=frozenset(incidents),
        unseen_components=_missing(before.components, after),
        unseen_groups=_missing(before.groups, after),
        unseen_incidents=frozenset(unseen),
    )


def changed_since(view: View, since: datetime) -> Changes:
    """Name what a first view shows to have changed since then."""

    def late(shown: ShownById) -> frozenset[str]:
        dated = {id_: one for id_, one in shown.items() if one.created_at or one.updated_at}
        return frozenset(id_ for id_, one in dated.items() if one.changed_since(since))

    return Changes(
        components=late(view.components),
        groups=late(view.groups),
        incidents=late(view.incidents.shown) | late(view.maintenances.shown),
    )


def _changed(before: ShownById, after: ShownById) -> frozenset[str]:
    return frozenset(
        id_ for id_, one in after.items() if id_ not in before or before[id_].digest != one.digest
    )


def _missing(before: ShownById, after: View) -> frozenset[str]:
    if not after.rows_whole:
        return frozenset()
    return frozenset(before.keys() - after.components.keys() - after.groups.keys())


def _changed_events(before: Events, after: Events, since: datetime) -> Iterator[str]:
    known = before.shown
    entered = _entered(before.recent, after.recent)
    for id_, one in after.shown.items():
        if id_ in known:
            if known[id_].digest != one.digest:
                yield id_
        elif id_ in after.open or id_ in entered or one.changed_since(since):
            yield id_
    # A list that is cut may no longer show the end of what was open.
    for id_, one in {**before.unexplained, **before.open}.items():
        if id_ not in after.shown and after.recent and not after.recent.would_show(one):
            yield id_


def _entered(before: Recent | None, after: Recent | None) -> set[str]:
    """Return what is new in a list, without what has moved up where others left it.

    That stands behind all that the list has shown before.
    """
    if before is None or after is None:
        # Of the first list nothing is known to be new.
        return set()
    new = set(after.objects.keys() - before.objects.keys())
    if before.is_cut:
        for id_ in reversed(list(after.objects)):
            if id_ in before.objects:
                break
            new.discard(id_)
    return new


def _unseen_events(before: Events, after: Events, *, complete: bool) -> Iterator[str]:
    if not complete or after.recent is None:
        return
    for id_, one in before.shown.items():
        if id_ not in after.shown and after.recent.would_show(one):
            yield id_
