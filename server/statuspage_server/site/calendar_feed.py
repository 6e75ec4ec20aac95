"""Maintenances as a calendar, when they are planned or when they were."""

from icalendar import Calendar, Event

from statuspage_server.core.moments import HOUR
from statuspage_server.site.feeds import Feed, at_utc, writable
from statuspage_server.site.markdown import as_text


def calendar(feed: Feed) -> bytes:
    made = Calendar()
    made.add("prodid", "-//statuspage-server//maintenances//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", writable(feed.title))
    for incident in feed.incidents:
        row = incident.row
        start = row.scheduled_for or row.started_at
        event = Event()
        event.add("uid", f"{row.id}@{feed.host}")
        event.add("dtstamp", at_utc(row.updated_at))
        event.add("last-modified", at_utc(row.updated_at))
        event.add("dtstart", at_utc(start))
        event.add("dtend", at_utc(max(row.scheduled_until or start + HOUR, start)))
        event.add("summary", writable(row.name))
        event.add("url", f"{feed.url}/incidents/{row.id}")
        event.add("status", "CONFIRMED")
        if incident.updates:
            event.add("description", writable(as_text(incident.updates[0].body or "", 2000)))
        made.add_component(event)
    return bytes(made.to_ical())
