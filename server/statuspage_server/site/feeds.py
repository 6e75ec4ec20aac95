"""Incidents and maintenances as Atom and RSS, in the vendor's markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup
from sqlalchemy import Row

from statuspage_server.core.moments import Moment, whole_seconds
from statuspage_server.site.context import Context
from statuspage_server.site.markdown import as_html
from statuspage_server.site.stamps import stamp
from statuspage_server.site.states import phase
from statuspage_server.storage.incidents import FullIncident

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
# XML has no way to write the others.
_UNWRITABLE = dict.fromkeys([*range(0x20), 0xFFFE, 0xFFFF]) | {9: "\t", 10: "\n", 13: "\r"}


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    url: str
    """Of the page, absolute."""
    incidents: Sequence[FullIncident]
    context: Context

    @property
    def heading(self) -> str:
        return self.context.language.text("{page} Status - Incident History", page=self.title)

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


def atom(feed: Feed) -> bytes:
    root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.context.language.code})
    _text(root, "id", f"tag:{feed.host},2005:/history")
    SubElement(root, "link", rel="alternate", type="text/html", href=feed.url)
    address = f"{feed.url}/history.atom"
    SubElement(root, "link", rel="self", type="application/atom+xml", href=address)
    _text(root, "title", feed.heading)
    newest = max((newest_at(incident) for incident in feed.incidents), default=feed.context.now)
    _text(root, "updated", whole_seconds(newest))
    _text(SubElement(root, "author"), "name", feed.title)
    for incident in feed.incidents:
        entry = SubElement(root, "entry")
        row = incident.row
        _text(entry, "id", f"tag:{feed.host},2005:Incident/{row.id}")
        # The vendor's say when the newest update was made, not when it began.
        _text(entry, "published", whole_seconds(newest_at(incident)))
        _text(entry, "updated", whole_seconds(max(newest_at(incident), row.updated_at)))
        href = f"{feed.url}/incidents/{row.id}"
        SubElement(entry, "link", rel="alternate", type="text/html", href=href)
        _text(entry, "title", row.name)
        _text(entry, "content", content(incident, feed.context)).set("type", "html")
    return _document(root)


def rss(feed: Feed) -> bytes:
    root = Element("rss", {"version": "2.0", "xmlns:dc": DUBLIN_CORE})
    channel = SubElement(root, "channel")
    _text(channel, "title", feed.heading)
    _text(channel, "link", feed.url)
    _text(channel, "description", "Statuspage")
    _text(channel, "pubDate", _rfc822(feed.context.now))
    for incident in feed.incidents:
        item = SubElement(channel, "item")
        link = f"{feed.url}/incidents/{incident.row.id}"
        _text(item, "title", incident.row.name)
        _text(item, "description", content(incident, feed.context))
        _text(item, "pubDate", _rfc822(newest_at(incident)))
        _text(item, "link", link)
        _text(item, "guid", link)
    return _document(root)


def content(incident: FullIncident, context: Context) -> str:
    """One paragraph for each update, newest first."""
    return str(Markup("").join(_paragraph(update, context) for update in incident.updates))


def _paragraph(update: Row[Any], context: Context) -> Markup:
    """What follows the first paragraph of a text stands below it."""
    html = as_html(update.body or "")
    first, end, rest = html.partition("</p>")
    if first.startswith("<p>"):
        html = Markup(first.removeprefix("<p>") + end + rest)  # noqa: S704 - parts of what is clean
    else:
        html = Markup("</p>") + html
    head = Markup("<p><small>{}</small><br><strong>{}</strong> - ")
    return (
        head.format(stamp(update.display_at, context), phase(update.status, context.language))
        + html
    )


def newest_at(incident: FullIncident) -> Moment:
    moments: list[Moment] = [update.display_at for update in incident.updates]
    return max(moments, default=int(incident.row.created_at))


def at_utc(moment: Moment) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment // 1000 * 1000)


def _rfc822(moment: Moment) -> str:
    return format_datetime(at_utc(moment))


def _text(parent: Element, name: str, text: str | None) -> Element:
    child = SubElement(parent, name)
    child.text = writable(text or "")
    return child


def writable(text: str) -> str:
    return text.translate(_UNWRITABLE)


def _document(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
