"""Writing an export as a page of this server.

Ids are kept where they are free, so that clients find what they know; an object that is there
already on the same page is replaced, and what config.yml made of it stays the file's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, func, select

from statuspage_server.core.ids import is_id, new_id
from statuspage_server.core.impact import IMPACTS
from statuspage_server.core.incident_plan import OVER, PLANNED, REALTIME
from statuspage_server.core.moments import Moment
from statuspage_server.core.status import RANK, ComponentStatus
from statuspage_server.errors import ServerError
from statuspage_server.storage.pages import touch_page
from statuspage_server.storage.schema import components, incident_updates, incidents, pages
from statuspage_server.testdata.export import Export, ExportedComponent, ExportedIncident
from statuspage_server.testdata.present import Ids, present_components, present_incidents
from statuspage_server.testdata.rows import PageRows, Values, new_page_row, write_rows


@dataclass(frozen=True, slots=True)
class Filled:
    page_id: str
    components: int
    incidents: int


def fill_page(connection: Connection, export: Export, into: str | None, now: Moment) -> Filled:
    if into is not None and not _there(connection, into):
        raise ServerError(f"There is no page {into} to fill.")
    page_id = into or (export.page.id if export.page and is_id(export.page.id) else new_id())
    rows = _Filling(connection, page_id, now).rows(export)
    write_rows(connection, rows)
    touch_page(connection, page_id, now)
    return Filled(page_id, len(rows.components), len(rows.incidents))


def _there(connection: Connection, page_id: str) -> bool:
    return connection.execute(select(pages.c.id).where(pages.c.id == page_id)).first() is not None


class _Filling:
    def __init__(self, connection: Connection, page_id: str, now: Moment) -> None:
        self._connection = connection
        self._page_id = page_id
        self._now = now
        self._ids: dict[str, str] = {}
        self._keys: dict[str, str] = {}

    def rows(self, export: Export) -> PageRows:
        name = export.page.name if export.page else "Filled page"
        created = (export.page.created_at if export.page else None) or self._now
        last = self._connection.execute(select(func.max(pages.c.position))).scalar() or 0
        rows = PageRows(new_page_row(self._page_id, name, {}, created, last + 1))
        found = _all_components(export)
        present = present_components(self._connection, self._page_id, found)
        self._keys = self._config_keys()
        self._make_room(components, [row.id for row in found], present)
        for row in found:
            rows.components.append(self._component(row))
            if not row.group:
                rows.status_changes.append(
                    {
                        "component_id": self._ids[row.id],
                        "old_status": None,
                        "new_status": _status(row.status),
                        "at": row.created_at or self._now,
                    }
                )
        known = {row.id for row in found if not row.group}
        events = list(
            {row.id: row for row in (*export.incidents, *export.scheduled_maintenances)}.values()
        )
        present = present_incidents(self._connection, self._page_id, events)
        self._make_room(incidents, [row.id for row in events], present)
        for event in events:
            self._add_incident(rows, event, known)
        return rows

    def _config_keys(self) -> dict[str, str]:
        """By these config.yml knows again what it made: without, it would make it once more."""
        rows = self._connection.execute(
            select(components.c.id, components.c.config_key).where(
                components.c.page_id == self._page_id, components.c.config_key.is_not(None)
            )
        )
        return {row.id: row.config_key for row in rows}

    def _make_room(self, table: Table, ids: Iterable[str], present: Ids) -> None:
        """Keep an id that is free or this page's own; another page's gets a new one."""
        wanted = [id_ for id_ in dict.fromkeys(ids) if is_id(id_)]
        owners: dict[str, str] = {}
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            for row in self._connection.execute(
                select(table.c.id, table.c.page_id).where(table.c.id.in_(part))
            ):
                owners[row.id] = row.page_id
        mine = list(present.values())
        for start in range(0, len(mine), 500):
            part = mine[start : start + 500]
            self._connection.execute(delete(table).where(table.c.id.in_(part)))
        for id_ in ids:
            free = is_id(id_) and owners.get(id_, self._page_id) == self._page_id
            self._ids[id_] = present.get(id_) or (id_ if free else new_id())

    def _component(self, row: ExportedComponent) -> Values:
        created = row.created_at or self._now
        return {
            "id": self._ids[row.id],
            "page_id": self._page_id,
            "config_key": self._keys.get(self._ids[row.id]),
            "group_id": self._ids.get(row.group_id) if row.group_id else None,
            "is_group": row.group,
            "name": row.name,
            "description": row.description,
            "position": row.position,
            "status": ComponentStatus.OPERATIONAL if row.group else _status(row.status),
            "showcase": bool(row.showcase),
            "only_show_if_degraded": bool(row.only_show_if_degraded),
            "automation_email": row.automation_email,
            "start_date": row.start_date,
            "created_at": created,
            "updated_at": row.updated_at or created,
        }

    def _add_incident(self, rows: PageRows, event: ExportedIncident, known: set[str]) -> None:
        scheduled = event.scheduled_for is not None or event.status in PLANNED
        statuses = PLANNED if scheduled else REALTIME
        status = event.status if event.status in statuses else statuses[-1]
        over = event.resolved_at or (event.updated_at if status in OVER else None)
        impact = event.impact if event.impact in IMPACTS else "none"
        rows.incidents.append(
            {
                "id": self._ids[event.id],
                "page_id": self._page_id,
                "name": event.name,
                "status": status,
                "impact": impact,
                "impact_override": event.impact_override,
                "computed_impact": impact,
                "scheduled": scheduled,
                "metadata": event.metadata,
                "reminder_intervals": event.reminder_intervals,
                "started_at": event.started_at or event.scheduled_for or event.created_at,
                "monitoring_at": event.monitoring_at,
                "resolved_at": over,
                "scheduled_for": event.scheduled_for,
                "scheduled_until": event.scheduled_until,
                "scheduled_remind_prior": bool(event.scheduled_remind_prior),
                "scheduled_auto_in_progress": bool(event.scheduled_auto_in_progress),
                "scheduled_auto_completed": bool(event.scheduled_auto_completed),
                "postmortem_body": event.postmortem_body,
                "postmortem_body_updated_at": event.postmortem_published_at,
                "postmortem_published_at": event.postmortem_published_at,
                "created_at": event.created_at,
                "updated_at": event.updated_at or event.created_at,
            }
        )
        touched = dict.fromkeys(row.id for row in event.components if row.id in known)
        rows.incident_components.extend(
            {"incident_id": self._ids[event.id], "component_id": self._ids[id_], "position": place}
            for place, id_ in enumerate(touched, 1)
        )
        self._add_updates(rows, event, statuses)

    def _add_updates(
        self, rows: PageRows, event: ExportedIncident, statuses: tuple[str, ...]
    ) -> None:
        taken = set(
            self._connection.execute(
                select(incident_updates.c.id).where(
                    incident_updates.c.id.in_([row.id for row in event.incident_updates])
                )
            ).scalars()
        )
        oldest_first = sorted(event.incident_updates, key=lambda row: row.created_at)
        for number, row in enumerate(oldest_first, 1):
            rows.incident_updates.append(
                {
                    "id": row.id if is_id(row.id) and row.id not in taken else new_id(),
                    "incident_id": self._ids[event.id],
                    "number": number,
                    "status": row.status if row.status in statuses else statuses[0],
                    "body": row.body or "",
                    "affected_components": row.affected_components,
                    "deliver_notifications": row.deliver_notifications is not False,
                    "wants_twitter_update": bool(row.wants_twitter_update),
                    "custom_tweet": row.custom_tweet,
                    "tweet_id": row.tweet_id,
                    "display_at": row.display_at or row.created_at,
                    "created_at": row.created_at,
                    "updated_at": row.updated_at or row.created_at,
                }
            )


def _all_components(export: Export) -> list[ExportedComponent]:
    """Groups may come as rows among the components or in a list of their own."""
    found = {row.id: row for row in export.components}
    for group in export.component_groups:
        found.setdefault(group.id, group.model_copy(update={"group": True}))
        for member in group.components:
            if member in found:
                found[member] = found[member].model_copy(update={"group_id": group.id})
    return list(found.values())


def _status(status: str) -> str:
    return status if status in RANK else ComponentStatus.OPERATIONAL
