"""Problems that visitors, users and monitors report: counted for each component, one of a visitor
in an hour."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, case, delete, func, insert, select

from statuspage_server.core.moments import DAY, HOUR, Moment
from statuspage_server.core.spikes import ReportSource
from statuspage_server.errors import Unprocessable
from statuspage_server.storage.schema import components, problem_reports

KEPT_FOR = 30 * DAY

_table = problem_reports.c
_by_users = _table.source == ReportSource.USER


@dataclass(frozen=True, slots=True)
class Report:
    component_id: str
    reporter: str
    message: str | None = None
    source: ReportSource = ReportSource.USER
    occurred_at: Moment | None = None
    requested_by: str | None = None
    url: str | None = None


def report_problem(
    connection: Connection,
    page_id: str,
    component_id: str,
    message: str | None,
    reporter: str,
    now: Moment,
) -> bool:
    """Whether it is counted: a visitor's next report of a component within an hour is not."""
    known = select(components.c.id).where(
        components.c.id == component_id,
        components.c.page_id == page_id,
        components.c.is_group.is_(False),
    )
    if connection.execute(known).first() is None:
        raise Unprocessable("Choose what does not work")
    again = select(_table.id).where(
        _table.component_id == component_id, _table.reporter == reporter, _table.at > now - HOUR
    )
    if connection.execute(again.limit(1)).first() is not None:
        return False
    add_report(connection, page_id, Report(component_id, reporter, message), now)
    return True


def add_report(connection: Connection, page_id: str, report: Report, now: Moment) -> int:
    """Returns its number. Those that were kept long enough are cleared away."""
    connection.execute(
        delete(problem_reports).where(_table.page_id == page_id, _table.at <= now - KEPT_FOR)
    )
    number: int = connection.execute(
        insert(problem_reports)
        .values(page_id=page_id, at=now, **asdict(report))
        .returning(_table.id)
    ).scalar_one()
    return number


def count_reports(connection: Connection, page_id: str, now: Moment) -> Sequence[Row[Any]]:
    """For each component that has any: id, name, and how many in an hour, a day and a week."""

    def since(span: int) -> Any:
        return func.sum(case((_table.at > now - span, 1), else_=0))

    return connection.execute(
        select(
            components.c.id,
            components.c.name,
            since(HOUR).label("hour"),
            since(DAY).label("day"),
            since(7 * DAY).label("week"),
        )
        .join(components, components.c.id == _table.component_id)
        .where(_by_users, _table.page_id == page_id, _table.at > now - 7 * DAY)
        .group_by(components.c.id, components.c.name)
        .order_by(since(HOUR).desc(), since(DAY).desc(), components.c.name)
    ).all()


def read_messages(connection: Connection, page_id: str, most: int = 50) -> Sequence[Row[Any]]:
    """What visitors wrote, newest first."""
    return connection.execute(
        select(_table.at, components.c.name, _table.message)
        .join(components, components.c.id == _table.component_id)
        .where(_by_users, _table.page_id == page_id, _table.message != "")
        .order_by(_table.at.desc(), _table.id.desc())
        .limit(most)
    ).all()
