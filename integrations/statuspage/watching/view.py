"""What a page's public documents show together, as much of it as a comparison needs.

Of each object there is a digest and its moments, so that hundreds of pages take little memory.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from resync.public_documents import Objects, RecentDocument, SummaryDocument
from resync.streams import moment
from statuspage import PageStatus, Raw

MOMENTS = ("_at", "scheduled_for", "scheduled_until")


@dataclass(frozen=True, slots=True)
class Shown:
    """An object as a document shows it: equal digests, equal content."""

    digest: bytes
    created_at: datetime | None
    updated_at: datetime | None

    def changed_since(self, since: datetime) -> bool:
        """Tell whether its moments leave room for a change since then."""
        known = [at for at in (self.created_at, self.updated_at) if at is not None]
        return not known or max(known) > since


type ShownById = Mapping[str, Shown]


@dataclass(frozen=True, slots=True)
class Recent:
    """The most recent ones, in the order in which they are listed."""

    updated_at: datetime
    objects: ShownById
    whole: bool
    is_cut: bool
    oldest_created: datetime | None
    oldest_updated: datetime | None

    def would_show(self, one: Shown) -> bool:
        """Tell whether it shows an object for certain, if that is still there.

        A list that is cut has to be in an order in which the object stands before the cut; where it
        falls both ways, in both.
        """
        if not self.is_cut or not self.whole:
            return self.whole
        ends = [(one.created_at, self.oldest_created), (one.updated_at, self.oldest_updated)]
        known = [(at, oldest) for at, oldest in ends if oldest is not None]
        return bool(known) and all(at is not None and at > oldest for at, oldest in known)


@dataclass(frozen=True, slots=True)
class Events:
    """Incidents, or maintenances: those that are open, and the most recent ones if they were read.

    An object of the summary is compared with the summary, since the documents may differ in form.
    `unexplained` are those that are no longer shown, as long as nothing tells why.
    """

    open: ShownById = field(default_factory=dict)
    recent: Recent | None = None
    unexplained: ShownById = field(default_factory=dict)

    @property
    def shown(self) -> ShownById:
        recent = self.recent.objects if self.recent else {}
        return {**self.unexplained, **recent, **self.open}


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows, and when it changed last."""

    updated_at: datetime
    page: bytes
    status: PageStatus | None
    components: ShownById
    groups: ShownById
    # Whether what is no row of it is no component of the page.
    rows_whole: bool
    incidents: Events
    maintenances: Events

    @property
    def events(self) -> tuple[Events, Events]:
        return self.incidents, self.maintenances

    @property
    def is_complete(self) -> bool:
        """Tell whether the lists are as new as the summary, so that they explain it."""
        return all(
            one.recent is not None and one.recent.updated_at >= self.updated_at
            for one in self.events
        )

    def with_recent(self, incidents: Recent | None, maintenances: Recent | None) -> "View":
        """Return what is shown with newer lists; None where there is none."""
        return replace(
            self,
            incidents=Events(self.incidents.open, incidents or self.incidents.recent),
            maintenances=Events(self.maintenances.open, maintenances or self.maintenances.recent),
        )


def view_of(document: SummaryDocument) -> View:
    """Return what a summary shows; the lists are added to it."""
    rows = document.rows.by_id.values()
    return View(
        document.updated_at,
        # The moment of its last change says nothing: most often nothing else has changed.
        _digest([document.page.get("name"), document.page.get("time_zone")]),
        document.status,
        _shown(row for row in rows if not row.get("group")),
        _shown(row for row in rows if row.get("group")),
        document.rows.whole,
        Events(_open(document.incidents)),
        Events(_open(document.maintenances)),
    )


def recent_of(document: RecentDocument) -> Recent:
    return Recent(
        document.updated_at,
        _open(document.objects),
        document.objects.whole,
        document.is_cut,
        document.oldest_created,
        document.oldest_updated,
    )


def _open(objects: Objects) -> ShownById:
    return _shown(map(_without_copies, objects.by_id.values()))


def _without_copies(incident: Raw) -> Raw:
    """Leave of an incident's components which they are: the rest is told by their own rows."""
    components = incident.get("components")
    listed = components if isinstance(components, list) else []
    ids = sorted(str(one.get("id")) for one in listed if isinstance(one, dict))
    return {**incident, "components": ids}


def _shown(raws: Iterable[Raw]) -> dict[str, Shown]:
    return {
        raw["id"]: Shown(_digest(raw), moment(raw.get("created_at")), moment(raw.get("updated_at")))
        for raw in raws
    }


def _digest(content: Any) -> bytes:
    text = json.dumps(_same_moments(content), sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _same_moments(content: Any, key: str = "") -> Any:
    """Write moments in one way: those of a page change their form with its time zone."""
    if isinstance(content, dict):
        return {name: _same_moments(value, name) for name, value in content.items()}
    if isinstance(content, list):
        return [_same_moments(one) for one in content]
    if key.endswith(MOMENTS) and (at := moment(content)) is not None:
        return at.astimezone(UTC).isoformat()
    return content
