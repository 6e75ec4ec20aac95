"""The items that are monitored, each with the component whose status it sets."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from statuspage_server.config import DisruptionDetection, ItemConfig, LateIncidents, PageConfig
from statuspage_server.core.heartbeat import Timing
from statuspage_server.core.tokens import matches


@dataclass(frozen=True, slots=True)
class Monitor:
    """One item in one group."""

    page_id: str
    component_id: str
    item: ItemConfig
    timing: Timing
    late_incidents: LateIncidents
    detection: DisruptionDetection
    siblings: tuple[str, ...] = ()
    """The components of the same item on this page, itself included."""


@dataclass(frozen=True)
class MonitoredPage:
    page_id: str
    config: PageConfig
    monitors: tuple[Monitor, ...]
    by_item: Mapping[str, tuple[Monitor, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, page_id: str, config: PageConfig, monitors: tuple[Monitor, ...]) -> "MonitoredPage":
        ids: dict[str, list[str]] = {}
        for one in monitors:
            ids.setdefault(one.item.id, []).append(one.component_id)
        joined = tuple(replace(one, siblings=tuple(ids[one.item.id])) for one in monitors)
        by_item = {
            item_id: tuple(one for one in joined if one.item.id == item_id) for item_id in ids
        }
        return cls(page_id, config, joined, by_item)


@dataclass(frozen=True, slots=True)
class Authorized:
    """How many items a token may refresh under an id on one page, perhaps none."""

    page_id: str
    count: int


@dataclass(frozen=True)
class Monitors:
    pages: tuple[MonitoredPage, ...] = ()

    @property
    def default_page_id(self) -> str | None:
        return self.pages[0].page_id if self.pages else None

    def page(self, page_id: str) -> MonitoredPage | None:
        return next((page for page in self.pages if page.page_id == page_id), None)

    def knows(self, item_id: str) -> bool:
        return any(item_id in page.by_item for page in self.pages)

    def authorize(self, item_id: str, token: str) -> list[Authorized] | None:
        """The pages on which the token may refresh the id; None where it is valid for none.

        A page's token opens every item of the page; an item's own token opens that item alone.
        """
        authorized = [
            Authorized(page.page_id, count)
            for page in self.pages
            if (count := _count(page, item_id, token)) is not None
        ]
        return authorized or None


def detection_of(monitors: Monitors, page_id: str) -> DisruptionDetection:
    """A page that is not in config.yml has the defaults, which detect nothing."""
    page = monitors.page(page_id)
    return page.config.disruption_detection if page else DisruptionDetection()


def _count(page: MonitoredPage, item_id: str, token: str) -> int | None:
    items = page.by_item.get(item_id, ())
    own = [one for one in items if one.item.token and matches(token, [one.item.token])]
    if matches(token, page.config.all_tokens):
        return len(items)
    return len(own) or None
