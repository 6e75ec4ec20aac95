"""Disruptions that many reports open and silence may clear, where the page's settings ask for it.

They are the server's own until a person changes one: from then on detection leaves it alone.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, exists, select

from statuspage_server.config import DisruptionDetection
from statuspage_server.core.author import DETECTION, Source
from statuspage_server.core.incident_plan import IncidentRequest
from statuspage_server.core.moments import SECOND, Moment
from statuspage_server.core.spikes import is_spike
from statuspage_server.core.status import ComponentStatus, worst
from statuspage_server.manage.incidents import change_incident, create_incident
from statuspage_server.storage.components import find_component
from statuspage_server.storage.disruptions import (
    find_disruption,
    impacting_disruption,
    last_cleared,
)
from statuspage_server.storage.problem_reports import recent_reports
from statuspage_server.storage.schema import (
    IS_OPEN,
    components,
    incident_components,
    incident_updates,
    incidents,
    problem_reports,
)

DEGRADED = ComponentStatus.DEGRADED_PERFORMANCE


def detect_disruption(
    connection: Connection,
    page_id: str,
    component_id: str,
    settings: DisruptionDetection,
    now: Moment,
) -> None:
    """After a report: open a disruption where so many came in so short a time."""
    component = find_component(connection, page_id, component_id)
    if (
        not settings.enabled
        or component.status == ComponentStatus.UNDER_MAINTENANCE
        or impacting_disruption(connection, component_id) is not None
    ):
        return
    rule = settings.rule
    reports = recent_reports(connection, component_id, now - rule.span)
    if not is_spike(reports, now, rule, last_cleared(connection, component_id)):
        return
    # What is down already is not made better than it is.
    status = worst([component.status, DEGRADED])
    request = IncidentRequest(
        columns={"name": settings.name.replace("{component}", component.name)[:255]},
        body=settings.body,
        statuses={component_id: status},
        deliver_notifications=settings.deliver_notifications,
        author=DETECTION,
    )
    create_incident(connection, page_id, request, now, automatic=True)


def find_quiet(
    connection: Connection, page_id: str, settings: DisruptionDetection, now: Moment
) -> Sequence[str]:
    """Disruptions that detection opened, that nobody has touched, that have grown no worse, and
    of whose components nobody has reported anything for so long."""
    if not (settings.enabled and settings.clear_after):
        return ()
    before = now - settings.clear_after * SECOND
    mine = incident_components.c.incident_id == incidents.c.id
    opened = exists().where(
        incident_updates.c.incident_id == incidents.c.id,
        incident_updates.c.number == 1,
        incident_updates.c.source == Source.AUTO_DETECTED,
    )
    reported = exists().where(
        mine,
        problem_reports.c.component_id == incident_components.c.component_id,
        problem_reports.c.at > before,
    )
    worse = exists().where(
        mine,
        components.c.id == incident_components.c.component_id,
        components.c.status.not_in([DEGRADED, ComponentStatus.OPERATIONAL]),
    )
    found = connection.execute(
        select(incidents.c.id).where(
            incidents.c.page_id == page_id,
            incidents.c.automatic,
            IS_OPEN,
            incidents.c.created_at <= before,
            opened,
            ~reported,
            ~worse,
        )
    )
    return found.scalars().all()


def clear_quiet(
    connection: Connection, page_id: str, settings: DisruptionDetection, now: Moment
) -> None:
    for incident_id in find_quiet(connection, page_id, settings, now):
        found = find_disruption(connection, page_id, incident_id)
        well = dict.fromkeys((one.id for one in found.components), ComponentStatus.OPERATIONAL)
        request = IncidentRequest(
            status="resolved",
            body=settings.cleared_body,
            statuses=well,
            deliver_notifications=settings.deliver_notifications,
            author=DETECTION,
        )
        change_incident(connection, page_id, incident_id, request, now, by_hand=False)
