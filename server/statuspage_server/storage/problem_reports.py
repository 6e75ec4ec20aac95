"""Reading what was reported: by source, by window of time, by component."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, select

from statuspage_server.core.moments import DAY, HOUR, Moment
from statuspage_server.core.paging import Slice
from statuspage_server.core.spikes import ReportSource, ReportTime
from statuspage_server.storage.schema import (
    components,
    incident_components,
    incidents,
    problem_reports,
)

_table = problem_reports.c

# A report that is older is history, whether or not a disruption was ever registered for it.
ACTIVE_FOR = DAY


@dataclass(frozen=True, slots=True)
class ReportQuery:
    page_id: str
    component_id: str | None = None
    source: ReportSource | None = None

    def of(self, statement: Select[Any]) -> Select[Any]:
        statement = statement.where(_table.page_id == self.page_id)
        if self.component_id is not None:
            statement = statement.where(_table.component_id == self.component_id)
        if self.source is not None:
            statement = statement.where(_table.source == self.source)
        return statement


_REPORT = select(problem_reports, components.c.name).join(
    components, components.c.id == _table.component_id
)


def find_report(connection: Connection, report_id: int) -> Row[Any]:
    return connection.execute(_REPORT.where(_table.id == report_id)).one()


def list_reports(connection: Connection, query: ReportQuery, part: Slice) -> Sequence[Row[Any]]:
    """Newest first."""
    statement = query.of(_REPORT).order_by(_table.at.desc(), _table.id.desc())
    return connection.execute(statement.offset(part.offset).limit(part.limit)).all()


def count_of(connection: Connection, query: ReportQuery) -> int:
    statement = query.of(select(func.count()).select_from(problem_reports))
    count: int = connection.execute(statement).scalar_one()
    return count


def recent_reports(connection: Connection, component_id: str, since: Moment) -> list[ReportTime]:
    rows = connection.execute(
        select(_table.at, _table.source).where(
            _table.component_id == component_id, _table.at > since
        )
    )
    return [ReportTime(row.at, ReportSource(row.source)) for row in rows]


def report_times(connection: Connection, page_id: str, since: Moment) -> dict[str, list[Moment]]:
    """When each component of a page was reported, in order."""
    found: dict[str, list[Moment]] = {}
    rows = connection.execute(
        select(_table.component_id, _table.at)
        .where(_table.page_id == page_id, _table.at > since)
        .order_by(_table.at)
    )
    for component_id, at in rows:
        found.setdefault(component_id, []).append(at)
    return found


def count_by_source(connection: Connection, page_id: str, now: Moment) -> Sequence[Row[Any]]:
    """For each component and source: how many in all, in an hour, a day and a week, and how many
    are active: reported within a day, and since the component's last disruption was cleared."""
    cleared = (
        select(
            incident_components.c.component_id,
            func.max(incidents.c.resolved_at).label("at"),
        )
        .join(incidents, incidents.c.id == incident_components.c.incident_id)
        .where(incidents.c.page_id == page_id, incidents.c.scheduled.is_(False))
        .group_by(incident_components.c.component_id)
        .subquery()
    )

    def since(span: int) -> Any:
        return func.sum(case((_table.at > now - span, 1), else_=0))

    is_active = and_(_table.at > now - ACTIVE_FOR, _table.at > func.coalesce(cleared.c.at, 0))
    return connection.execute(
        select(
            _table.component_id,
            components.c.name,
            _table.source,
            func.count().label("total"),
            since(HOUR).label("hour"),
            since(DAY).label("day"),
            since(7 * DAY).label("week"),
            func.sum(case((is_active, 1), else_=0)).label("active"),
        )
        .join(components, components.c.id == _table.component_id)
        .outerjoin(cleared, cleared.c.component_id == _table.component_id)
        .where(_table.page_id == page_id)
        .group_by(_table.component_id, components.c.name, _table.source)
        .order_by(components.c.name, _table.component_id, _table.source)
    ).all()
