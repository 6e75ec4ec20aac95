"""Incidents that silence opens and a beat resolves, where the page's settings ask for it.

They are the server's own until a person changes one; what a person opened is never touched, and
where a person's incident already covers the component none is opened beside it.
"""

from sqlalchemy import Connection, exists, select, update

from statuspage_server.core.author import HEARTBEATS
from statuspage_server.core.incident_plan import OPEN, IncidentRequest
from statuspage_server.core.moments import Moment
from statuspage_server.core.status import ComponentStatus
from statuspage_server.heartbeats.monitors import Monitor
from statuspage_server.manage.incidents import change_incident, create_incident
from statuspage_server.storage.schema import incident_components, incidents, item_states


def open_late_incident(connection: Connection, monitor: Monitor, now: Moment) -> None:
    """Open one for the item, or add this component to the one its other components opened."""
    if _is_covered(connection, monitor.component_id):
        return
    settings = monitor.late_incidents
    statuses = {monitor.component_id: str(ComponentStatus.MAJOR_OUTAGE)}
    incident_id = _incident_of_siblings(connection, monitor)
    if incident_id is None:
        request = IncidentRequest(
            columns={"name": settings.name.replace("{item}", monitor.item.name)[:255]},
            body=settings.body,
            statuses=statuses,
            deliver_notifications=settings.deliver_notifications,
            author=HEARTBEATS,
        )
        incident_id = create_incident(connection, monitor.page_id, request, now, automatic=True)
    else:
        request = IncidentRequest(statuses=statuses, author=HEARTBEATS)
        change_incident(connection, monitor.page_id, incident_id, request, now, by_hand=False)
    connection.execute(
        update(item_states)
        .where(item_states.c.component_id == monitor.component_id)
        .values(incident_id=incident_id)
    )


def _is_covered(connection: Connection, component_id: str) -> bool:
    covering = (
        select(incidents.c.id)
        .join(incident_components, incident_components.c.incident_id == incidents.c.id)
        .where(incident_components.c.component_id == component_id, incidents.c.status.in_(OPEN))
    )
    return connection.execute(covering.limit(1)).first() is not None


def _incident_of_siblings(connection: Connection, monitor: Monitor) -> str | None:
    return connection.execute(
        select(item_states.c.incident_id)
        .join(incidents, incidents.c.id == item_states.c.incident_id)
        .where(
            item_states.c.component_id.in_(monitor.siblings),
            incidents.c.automatic,
            incidents.c.status.in_(OPEN),
        )
        .limit(1)
    ).scalar_one_or_none()


def resolve_late_incident(connection: Connection, monitor: Monitor, now: Moment) -> None:
    """Once the last of the components that belong to it is back."""
    incident_id = connection.execute(
        select(item_states.c.incident_id).where(item_states.c.component_id == monitor.component_id)
    ).scalar_one_or_none()
    if incident_id is None:
        return
    connection.execute(
        update(item_states)
        .where(item_states.c.component_id == monitor.component_id)
        .values(incident_id=None)
    )
    still_down = connection.execute(
        select(exists().where(item_states.c.incident_id == incident_id))
    ).scalar_one()
    mine = connection.execute(
        select(incidents.c.automatic & incidents.c.status.in_(OPEN)).where(
            incidents.c.id == incident_id
        )
    ).scalar_one_or_none()
    if still_down or not mine:
        return
    settings = monitor.late_incidents
    request = IncidentRequest(
        status="resolved",
        body=settings.resolved_body,
        statuses={monitor.component_id: str(ComponentStatus.OPERATIONAL)},
        deliver_notifications=settings.deliver_notifications,
        author=HEARTBEATS,
    )
    change_incident(connection, monitor.page_id, incident_id, request, now, by_hand=False)
