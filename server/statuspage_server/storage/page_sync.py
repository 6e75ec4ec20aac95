"""Bringing the database in line with config.yml: its pages, groups and items.

What the file made belongs to the file: a name changed there is changed here, an item taken out
there goes here. What came through the API is left alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from statuspage_server.config import Config, PageConfig
from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.errors import StartError
from statuspage_server.heartbeats.roster import Roster, Watched, WatchedPage
from statuspage_server.storage.new_pages import default_page_settings
from statuspage_server.storage.schema import components, pages
from statuspage_server.storage.status_changes import record_status, touch_page


def sync_pages(connection: Connection, config: Config, now: Moment) -> Roster:
    return Roster(
        tuple(
            _sync_page(connection, name, page, position, now)
            for position, (name, page) in enumerate(config.all_pages().items(), 1)
        )
    )


def _sync_page(
    connection: Connection, name: str, page: PageConfig, position: int, now: Moment
) -> WatchedPage:
    page_id = _page_row(connection, name, page, position, now)
    sync = _ComponentSync(connection, page_id, now)
    watched: list[Watched] = []
    for place, (group_name, items) in enumerate(page.groups.items(), 1):
        group_id = sync.row(
            _Wanted(f"group\x1f{group_name}", group_name, None, place, None, is_group=True)
        )
        for number, item in enumerate(items, 1):
            key = sync.free_key(f"item\x1f{group_name}\x1f{item.id}")
            wanted = _Wanted(key, item.name, item.description, number, group_id, is_group=False)
            watched.append(
                Watched(page_id, sync.row(wanted), item, page.rhythm(item), page.late_incidents)
            )
    sync.remove_the_rest()
    if sync.changed:
        touch_page(connection, page_id)
    return WatchedPage.of(page_id, page, tuple(watched))


def _page_row(
    connection: Connection, name: str, page: PageConfig, position: int, now: Moment
) -> str:
    row = connection.execute(
        select(pages.c.id, pages.c.name, pages.c.position, pages.c.settings).where(
            pages.c.config_name == name
        )
    ).one_or_none()
    settings = default_page_settings(page.title) | {"time_zone": page.time_zone or "Etc/UTC"}
    if row is None:
        page_id = page.id or new_id()
        _refuse_taken(connection, page_id)
        connection.execute(
            insert(pages).values(
                id=page_id,
                config_name=name,
                position=position,
                name=page.title,
                settings=settings,
                created_at=now,
                updated_at=now,
            )
        )
        return page_id
    if page.id is not None and page.id != row.id:
        raise StartError(
            f"The page {name or 'statuspage'} has the id {row.id} in the database and {page.id} in "
            f"the file. Write id: {row.id}, or give another database."
        )
    wanted = {"name": page.title, "position": position}
    zone = page.time_zone or row.settings.get("time_zone")
    if zone != row.settings.get("time_zone"):
        wanted["settings"] = row.settings | {"time_zone": zone}
    if any(getattr(row, key) != value for key, value in wanted.items()):
        connection.execute(
            update(pages).where(pages.c.id == row.id).values(**wanted, updated_at=now)
        )
        touch_page(connection, row.id)
    return str(row.id)


def _refuse_taken(connection: Connection, page_id: str) -> None:
    if connection.execute(select(pages.c.id).where(pages.c.id == page_id)).first():
        raise StartError(f"A page with the id {page_id} exists already. Write another id.")


@dataclass(frozen=True, slots=True)
class _Wanted:
    key: str
    name: str
    description: str | None
    position: int
    group_id: str | None
    is_group: bool


class _ComponentSync:
    def __init__(self, connection: Connection, page_id: str, now: Moment) -> None:
        self._connection = connection
        self._page_id = page_id
        self._now = now
        rows = connection.execute(
            select(components).where(
                components.c.page_id == page_id, components.c.config_key.is_not(None)
            )
        )
        self._there = {row.config_key: row for row in rows}
        self._kept: set[str] = set()
        self.changed = False

    def free_key(self, key: str) -> str:
        """The key, numbered where a group lists the same id more than once."""
        return next(key for key in _numbered(key) if key not in self._kept)

    def row(self, wanted: _Wanted) -> str:
        self._kept.add(wanted.key)
        row = self._there.get(wanted.key)
        if row is None:
            return self._add(wanted)
        values = {
            "name": wanted.name,
            "description": wanted.description,
            "position": wanted.position,
            "group_id": wanted.group_id,
        }
        if any(getattr(row, key) != value for key, value in values.items()):
            self.changed = True
            self._connection.execute(
                update(components)
                .where(components.c.id == row.id)
                .values(**values, updated_at=self._now)
            )
        return str(row.id)

    def _add(self, wanted: _Wanted) -> str:
        self.changed = True
        component_id = new_id()
        # Nobody has heard it yet, and what is not heard is down: the heartbeats say otherwise.
        status = ComponentStatus.OPERATIONAL if wanted.is_group else ComponentStatus.MAJOR_OUTAGE
        self._connection.execute(
            insert(components).values(
                id=component_id,
                page_id=self._page_id,
                config_key=wanted.key,
                is_group=wanted.is_group,
                group_id=wanted.group_id,
                name=wanted.name,
                description=wanted.description,
                position=wanted.position,
                status=status,
                showcase=not wanted.is_group,
                created_at=self._now,
                updated_at=self._now,
            )
        )
        if not wanted.is_group:
            record_status(self._connection, component_id, None, status, self._now)
        return component_id

    def remove_the_rest(self) -> None:
        gone = [row.id for key, row in self._there.items() if key not in self._kept]
        if gone:
            self.changed = True
            self._connection.execute(delete(components).where(components.c.id.in_(gone)))


def _numbered(key: str) -> Iterator[str]:
    yield key
    number = 2
    while True:
        yield f"{key}\x1f{number}"
        number += 1
