"""What tables show of the API's objects, however oddly they are filled."""

from statuspage import Raw
from statuspage.cli.extension import Column, Moment, Status, one_line

from statuspage_nobl9.components import Component

INCIDENTS = (
    Column("Day", lambda row: one_line(row.get("date"))),
    Column("Component", lambda row: one_line(row.get("componentName"))),
    Column("Severity", lambda row: Status(row.get("severity"))),
    Column("Status", lambda row: Status(row.get("status"))),
    Column("Began", lambda row: Moment(row.get("startedAt"))),
    Column("Lasted", lambda row: lasted(row.get("duration"))),
    Column("Issues", lambda row: one_line(row.get("issueCount"))),
    Column("What", lambda row: one_line(row.get("startComment"))),
)

DISRUPTIONS = (
    Column("Id", lambda row: one_line(row.get("id"))),
    Column("Component", lambda row: one_line(_object(row.get("originComponent")).get("name"))),
    Column("Severity", lambda row: Status(row.get("severity"))),
    Column("Began", lambda row: Moment(row.get("startTime"))),
    Column("Ended", lambda row: Moment(row.get("endTime"))),
    Column("Source", lambda row: one_line(row.get("source"))),
    Column("What", lambda row: one_line(row.get("title"))),
)

ISSUES = (
    Column("Occurred", lambda row: Moment(row.get("occurredAt"))),
    Column("Component", lambda row: one_line(row.get("componentName") or row.get("componentId"))),
    Column("By", lambda row: one_line(row.get("requestedBy") or row.get("createdBy"))),
    Column("What", lambda row: one_line(row.get("comment"))),
)

HISTORY = (
    Column("Changed", lambda row: Moment(row.get("changedAt"))),
    Column("From", lambda row: Status(row.get("previousStatus"))),
    Column("To", lambda row: Status(row.get("newStatus"))),
    Column("By", lambda row: one_line(row.get("changedBy"))),
    Column("Propagated from", lambda row: one_line(_name(row.get("propagatedFrom")))),
    Column("Why", lambda row: one_line(row.get("comment"))),
)

COMPONENTS = (
    Column("Id", lambda row: one_line(row.get("id"))),
    Column("Component", lambda row: one_line(row.get("path"))),
    Column("Status", lambda row: Status(row.get("status"))),
)


def rows_of(components: list[Component]) -> list[Raw]:
    """Return components as the objects that are printed."""
    return [one.as_json() for one in components]


def lasted(seconds: object) -> str:
    """Return a length of time in its two largest units."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < 1e12:
        return ""
    minutes, left = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = ((days, "d"), (hours, "h"), (minutes, "m"), (left, "s"))
    told = [f"{count}{unit}" for count, unit in units if count]
    return " ".join(told[:2]) or "0s"


def _object(value: object) -> Raw:
    return value if isinstance(value, dict) else {}


def _name(value: object) -> object:
    return value.get("name") or value.get("id") if isinstance(value, dict) else value
