"""Writing incidents, from plans made in `core.incident_plan`."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from statuspage_server.core.author import Author
from statuspage_server.core.ids import new_id
from statuspage_server.core.incident_plan import (
    IncidentBefore,
    IncidentPlan,
    IncidentRequest,
    UpdatePlan,
    plan_change,
    plan_creation,
)
from statuspage_server.core.moments import Moment
from statuspage_server.errors import NotFound
from statuspage_server.manage.statuses import change_statuses
from statuspage_server.outbox.announce import announce_incident
from statuspage_server.storage.components import known_components
from statuspage_server.storage.incidents import find_incident_row
from statuspage_server.storage.pages import require_page, touch_page
from statuspage_server.storage.schema import (
    incident_components,
    incident_updates,
    incidents,
    item_states,
)
from statuspage_server.storage.search import note_text
from statuspage_server.storage.status_changes import Cause, StatusChange


def create_incident(
    connection: Connection,
    page_id: str,
    request: IncidentRequest,
    now: Moment,
    *,
    automatic: bool = False,
) -> str:
    plan = plan_incident(connection, page_id, None, request, now)
    incident_id = new_id()
    connection.execute(
        insert(incidents).values(
            id=incident_id, page_id=page_id, automatic=automatic, **plan.columns
        )
    )
    _write_plan(connection, page_id, incident_id, plan, now, request.author)
    return incident_id


def change_incident(
    connection: Connection,
    page_id: str,
    incident_id: str,
    request: IncidentRequest,
    now: Moment,
    *,
    by_hand: bool = True,
) -> None:
    row = find_incident_row(connection, page_id, incident_id)
    plan = plan_incident(connection, page_id, incident_id, request, now)
    columns = plan.columns
    if by_hand and row.automatic:
        # From here on it is a person's: heartbeats leave it alone.
        columns = {**columns, "automatic": False}
        connection.execute(
            update(item_states)
            .where(item_states.c.incident_id == incident_id)
            .values(incident_id=None)
        )
    connection.execute(update(incidents).where(incidents.c.id == incident_id).values(**columns))
    _write_plan(connection, page_id, incident_id, plan, now, request.author)


def plan_incident(
    connection: Connection,
    page_id: str,
    incident_id: str | None,
    request: IncidentRequest,
    now: Moment,
) -> IncidentPlan:
    """What the request would do to an incident, or to a new one; nothing is written yet."""
    if incident_id is None:
        require_page(connection, page_id)
        return plan_creation(request, known_components(connection, page_id), now)
    before = _before(connection, find_incident_row(connection, page_id, incident_id))
    return plan_change(before, request, known_components(connection, page_id), now)


def _before(connection: Connection, row: Row[Any]) -> IncidentBefore:
    attached = connection.execute(
        select(incident_components.c.component_id)
        .where(incident_components.c.incident_id == row.id)
        .order_by(incident_components.c.position)
    ).scalars()
    return IncidentBefore(
        status=row.status,
        scheduled=row.scheduled,
        computed_impact=row.computed_impact,
        impact_override=row.impact_override,
        attached=tuple(attached),
        scheduled_for=row.scheduled_for,
        scheduled_until=row.scheduled_until,
    )


def _write_plan(
    connection: Connection,
    page_id: str,
    incident_id: str,
    plan: IncidentPlan,
    now: Moment,
    author: Author | None,
) -> None:
    _attach(connection, incident_id, plan.attached)
    known = known_components(connection, page_id)
    changes = (
        StatusChange(id_, known[id_].status, status) for id_, status in plan.new_statuses.items()
    )
    cause = Cause(author, plan.update.body if plan.update else None, incident_id)
    change_statuses(connection, page_id, changes, now, cause)
    if plan.update is not None:
        add_update(connection, incident_id, plan.update, now, author)
        if plan.update.deliver_notifications:
            announce_incident(connection, page_id, incident_id, now)
    note_text(connection, incident_id)
    touch_page(connection, page_id, now)


def _attach(connection: Connection, incident_id: str, component_ids: Iterable[str]) -> None:
    connection.execute(
        delete(incident_components).where(incident_components.c.incident_id == incident_id)
    )
    rows = [
        {"incident_id": incident_id, "component_id": id_, "position": place}
        for place, id_ in enumerate(component_ids, 1)
    ]
    if rows:
        connection.execute(insert(incident_components), rows)


def add_update(
    connection: Connection,
    incident_id: str,
    plan: UpdatePlan,
    now: Moment,
    author: Author | None = None,
) -> None:
    number = connection.execute(
        select(func.max(incident_updates.c.number)).where(
            incident_updates.c.incident_id == incident_id
        )
    ).scalar()
    connection.execute(
        insert(incident_updates).values(
            id=new_id(),
            incident_id=incident_id,
            number=(number or 0) + 1,
            status=plan.status,
            body=plan.body,
            affected_components=plan.affected_components,
            deliver_notifications=plan.deliver_notifications,
            wants_twitter_update=plan.wants_twitter_update,
            source=author.source if author else None,
            author=author.name if author else None,
            display_at=plan.at,
            created_at=plan.at,
            updated_at=now,
        )
    )


def change_update(
    connection: Connection,
    page_id: str,
    incident_id: str,
    update_id: str,
    changes: dict[str, Any],
    now: Moment,
) -> Row[Any]:
    find_incident_row(connection, page_id, incident_id)
    mine = (incident_updates.c.id == update_id, incident_updates.c.incident_id == incident_id)
    changed = connection.execute(
        update(incident_updates).where(*mine).values(**changes, updated_at=now)
    )
    if changed.rowcount == 0:
        raise NotFound
    connection.execute(
        update(incidents).where(incidents.c.id == incident_id).values(updated_at=now)
    )
    note_text(connection, incident_id)
    touch_page(connection, page_id, now)
    return connection.execute(select(incident_updates).where(*mine)).one()


def delete_incident(connection: Connection, page_id: str, incident_id: str, now: Moment) -> None:
    connection.execute(delete(incidents).where(incidents.c.id == incident_id))
    touch_page(connection, page_id, now)
