"""Groups and items of config.yml as rows of one page."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.manage.subscribers import forget_components
from statuspage_server.storage.schema import components
from statuspage_server.storage.status_changes import record_status


@dataclass(frozen=True, slots=True)
class Wanted:
    key: str
    name: str
    description: str | None
    position: int
    group_id: str | None
    is_group: bool


class ComponentSync:
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

    def row(self, wanted: Wanted) -> str:
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

    def _add(self, wanted: Wanted) -> str:
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
            forget_components(self._connection, self._page_id, gone, self._now)


def _numbered(key: str) -> Iterator[str]:
    yield key
    number = 2
    while True:
        yield f"{key}\x1f{number}"
        number += 1
