"""Reads again what notifications name, and what goes with it: groups and the page's status.

What the public view shows as a whole is taken from there; a request is counted for the rest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kinds import ObjectKind
from publishing.cache import Cache
from publishing.found import Found, Key
from resync.group_rows import groups_of
from resync.known_pages import KnownPages
from statuspage import (
    Collection,
    Raw,
    StatuspageClient,
    StatuspageError,
    UnusableAnswer,
    page_status,
)

from .components import one_list_shows_status, read_components
from .incidents import read_incidents
from .lookup import each_alone
from .notification import Notification
from .public_view import SHOWS_WITHIN, View, is_behind, take_shown


@dataclass(slots=True)
class Refetched:
    """What was read, and what has to be read again.

    `behind` tells that the public view, which is cached for some seconds, does not show a change
    yet, and in which groups.
    """

    page: Raw
    objects: dict[Key, Raw | None] = field(default_factory=dict)
    failed: dict[Key, StatuspageError] = field(default_factory=dict)
    behind: frozenset[str] | None = None
    whole_page: bool = False

    def take(self, kind: ObjectKind, objects: dict[str, Raw | None]) -> None:
        self.objects |= {(kind, id_): raw for id_, raw in objects.items()}

    def fail(self, kind: ObjectKind, failed: dict[str, StatuspageError]) -> None:
        self.failed |= {(kind, id_): error for id_, error in failed.items()}

    def show(self, groups: dict[str, Raw], status: Raw) -> None:
        """Take the groups, and what stands at the page's top."""
        self.take(ObjectKind.COMPONENT_GROUP, {**groups})
        self.take(ObjectKind.PAGE, {self.page["id"]: {**self.page, "__status": status}})

    def found(self, read_at: float) -> Found:
        return Found(self.page, self.objects, read_at, self.whole_page)


async def refetch(
    client: StatuspageClient,
    known: KnownPages,
    cache: Cache,
    page: Raw,
    notifications: Iterable[Notification],
) -> Refetched:
    """Read what some notifications about a page name."""
    told = list(notifications)
    read = await _read_page(client, known, page, whole=any(one.whole for one in told))
    view = View(client, known, read.page, told=any(one.shown for one in told))
    view.start()
    try:
        await _read_told(client, known, cache, read, told, view)
    finally:
        view.cancel()
    return read


async def _read_told(
    client: StatuspageClient,
    known: KnownPages,
    cache: Cache,
    read: Refetched,
    told: Sequence[Notification],
    view: View,
) -> None:
    page = read.page
    asked: dict[ObjectKind, list[str]] = {kind: [] for kind in ObjectKind}
    groups: set[str] = set()
    for notification in told:
        asked[notification.kind].append(notification.id)
        groups |= notification.groups
    unseen = {one.id for one in told if one.unseen}
    await _read_gone_groups(client, read, asked[ObjectKind.COMPONENT_GROUP])
    incidents = await read_incidents(client, known, page["id"], asked[ObjectKind.INCIDENT], unseen)
    read.take(ObjectKind.INCIDENT, incidents.read)
    read.fail(ObjectKind.INCIDENT, incidents.failed)
    components = {
        row["id"]: row
        for incident in incidents.read.values()
        for row in (incident or {}).get("components") or []
    }
    shown = [one.id for one in told if one.shown and one.id not in components]
    if shown:
        taken = take_shown(await view.first(), shown, cache)
        components |= {id_: raw for id_, raw in taken.items() if raw is not None}
        asked[ObjectKind.COMPONENT] = [
            one for one in asked[ObjectKind.COMPONENT] if one not in taken
        ]
    # On a private page the list is worth its request even for what the incidents brought.
    shown_by_list = one_list_shows_status(page, known.components(page["id"]))
    wanted = [id_ for id_ in asked[ObjectKind.COMPONENT] if shown_by_list or id_ not in components]
    alone, rows = await read_components(client, known, page, wanted, unseen)
    listed = {row["id"]: row for row in rows or []}
    # What was read last is the newest.
    components |= alone.read | {id_: listed[id_] for id_ in components if id_ in listed}
    read.take(ObjectKind.COMPONENT, components)
    read.fail(ObjectKind.COMPONENT, alone.failed)
    changed = [row for row in components.values() if row is not None]
    groups |= {str(row["group_id"]) for row in changed if row.get("group_id")}
    await _read_status(client, known, cache, read, groups, rows, view)


async def _read_page(
    client: StatuspageClient, known: KnownPages, page: Raw, *, whole: bool
) -> Refetched:
    newest = await client.page(page["id"]) if whole else None
    if newest is None:
        # A page that is gone is left to the next resync.
        return Refetched(page)
    known.pages[page["id"]] = newest
    return Refetched(newest, whole_page=True)


async def _read_gone_groups(client: StatuspageClient, read: Refetched, ids: list[str]) -> None:
    """Look whether groups are gone that the public view does not show any more."""
    page_id = read.page["id"]
    objects = await each_alone(ids, lambda one: client.component_group(page_id, one))
    read.take(ObjectKind.COMPONENT_GROUP, dict.fromkeys(objects.not_found))
    read.fail(ObjectKind.COMPONENT_GROUP, objects.failed)


async def _read_status(
    client: StatuspageClient,
    known: KnownPages,
    cache: Cache,
    read: Refetched,
    groups: set[str],
    rows: list[Raw] | None,
    view: View,
) -> None:
    """Read what goes with the components: from their list, and last from the public view."""
    page = read.page
    components = {
        id_: raw for (kind, id_), raw in read.objects.items() if kind is ObjectKind.COMPONENT
    }
    derived = None if rows is None else page_status.derived(rows).raw()
    public = page_status.is_public(page)
    summary = await view.newest()
    if summary is None:
        if read.whole_page and rows is None:
            missing = UnusableAnswer("GET summary.json", "it shows no status", transient=True)
            read.fail(ObjectKind.PAGE, {page["id"]: missing})
        if rows is not None and derived is not None:
            read.show(groups_of(rows, groups), derived)
        elif components and public:
            read.behind = frozenset(groups)
        return
    known.rows.setdefault((page["id"], Collection.COMPONENTS), len(summary.rows))
    age = is_behind(summary.rows, components, cache, client.clock.now())
    if age is None:
        read.show(groups_of(rows or summary.rows, groups), summary.status.raw())
    elif age < SHOWS_WITHIN:
        read.behind = frozenset(groups)
    elif rows is not None and derived is not None:
        read.show(groups_of(rows, groups), derived)
