"""Times in the vendor's markup, which readers of its feeds and of history.json take apart."""

from datetime import UTC, datetime

from babel.dates import format_date
from markupsafe import Markup

from statuspage_server.core.moments import Moment
from statuspage_server.site.context import Context

_DAY = Markup("{} <var data-var='date'>{}</var>, <var data-var='time'>{}</var>")


def stamp(moment: Moment, context: Context) -> Markup:
    """`Jun <var data-var='date'>18</var>, <var data-var='time'>18:09</var> UTC`."""
    at = _local(moment, context)
    return _day(at, context) + f" {at:%Z}"


def range_stamp(start: Moment, end: Moment, context: Context) -> Markup:
    """The second date is left out where it is the first one."""
    begin, over = _local(start, context), _local(end, context)
    if begin.date() == over.date():
        last = Markup("<var data-var='time'>{}</var>").format(f"{over:%H:%M}")
    else:
        last = _day(over, context)
    return _day(begin, context) + " - " + last + f" {over:%Z}"


def _local(moment: Moment, context: Context) -> datetime:
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(context.zone)


def _day(at: datetime, context: Context) -> Markup:
    month = format_date(at, "MMM", locale=context.language.code)
    return _DAY.format(month, f"{at.day:2}", f"{at:%H:%M}")
