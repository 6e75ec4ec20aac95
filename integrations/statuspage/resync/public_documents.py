"""The public documents of a page, parsed: https://<page>/api/v2. No I/O.

What a document says as a whole has to be right: that it is the page's, and when that changed. A
single object that cannot be read is left out; then the list proves nothing about what it lacks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from statuspage import PageStatus, Raw, Summary, is_identifier, page_status

from .change_rules import last_of_falling
from .streams import moment

# The vendor shows the 50 most recent.
CUT_AT = 50


class UnusableDocument(Exception):
    """What came is not the public document of the page; the text says why."""


class OlderDocument(UnusableDocument):
    """It is a copy from before what was shown already, as caches serve now and then."""

    def __init__(self) -> None:
        super().__init__("it is older than what was shown before")


@dataclass(frozen=True, slots=True)
class Objects:
    """A list of a document; `whole` tells that every object in it could be read."""

    by_id: dict[str, Raw]
    whole: bool


@dataclass(frozen=True, slots=True)
class SummaryDocument:
    """Everything that is going on: summary.json."""

    updated_at: datetime
    page: Raw
    status: PageStatus | None
    rows: Objects
    incidents: Objects
    maintenances: Objects

    def shown(self) -> Summary | None:
        """Return it as live events read it; None without a status."""
        if self.status is None:
            return None
        return Summary(self.status, list(self.rows.by_id.values()), self.page)


@dataclass(frozen=True, slots=True)
class RecentDocument:
    """The most recent incidents or maintenances: incidents.json, scheduled-maintenances.json.

    `oldest_created` and `oldest_updated` are where a list ends that is in this order, else None.
    """

    updated_at: datetime
    objects: Objects
    oldest_created: datetime | None
    oldest_updated: datetime | None

    @property
    def is_cut(self) -> bool:
        """Tell whether there may be more than it shows."""
        return len(self.objects.by_id) >= CUT_AT


def summary_document(content: object, page_id: str) -> SummaryDocument:
    document, updated_at = _document(content, page_id)
    return SummaryDocument(
        updated_at,
        document["page"],
        page_status.published(document),
        _objects(document, "components"),
        _objects(document, "incidents"),
        _objects(document, "scheduled_maintenances"),
    )


def recent_incidents(content: object, page_id: str) -> RecentDocument:
    return _recent(content, page_id, "incidents")


def recent_maintenances(content: object, page_id: str) -> RecentDocument:
    return _recent(content, page_id, "scheduled_maintenances")


type Parse[T] = Callable[[object, str], T]


def _recent(content: object, page_id: str, key: str) -> RecentDocument:
    document, updated_at = _document(content, page_id)
    if not isinstance(document.get(key), list):
        raise UnusableDocument(f"it has no {key}")
    objects = _objects(document, key)
    listed = list(objects.by_id.values())
    return RecentDocument(
        updated_at,
        objects,
        last_of_falling(listed, "created_at"),
        last_of_falling(listed, "updated_at"),
    )


def _document(content: object, page_id: str) -> tuple[dict[str, Any], datetime]:
    page = content.get("page") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(page, dict):
        raise UnusableDocument("it is not the public view of a page")
    if page.get("id") != page_id:
        raise UnusableDocument("it is the public view of another page")
    updated_at = moment(page.get("updated_at"))
    if updated_at is None:
        raise UnusableDocument("it does not say when the page changed last")
    return content, updated_at


def _objects(document: dict[str, Any], key: str) -> Objects:
    listed = document.get(key)
    if not isinstance(listed, list):
        return Objects({}, whole=False)
    usable = [one for one in listed if isinstance(one, dict) and _has_id(one)]
    by_id = {one["id"]: one for one in usable}
    return Objects(by_id, whole=len(by_id) == len(listed))


def _has_id(raw: Raw) -> bool:
    return isinstance(raw.get("id"), str) and is_identifier(raw["id"])
