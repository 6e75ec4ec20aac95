"""How a list is walked: which page comes next, and when it ends. No I/O."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from .answers import Raw
from .errors import RepeatedPage

# The most that the API returns at once, as the parameters of its lists say, for example
# https://developer.statuspage.io/#tag/incidents. What it does with a greater number is open.
PAGE_SIZE = 100


# All webhooks, or those whose owner did not confirm them: only this filter tells them apart.
_WEBHOOKS = (("type", "webhook"), ("state", "all"))
_UNCONFIRMED = (("type", "webhook"), ("state", "unconfirmed"))


class Collection(Enum):
    """The lists below a page: the path, the name of the size parameter, and what else is asked.

    Only the lists of subscribers begin with page 0 (QUIRKS.md, "Subscribers count from 0").
    """

    COMPONENT_GROUPS = ("component-groups", "per_page")
    COMPONENTS = ("components", "per_page")
    INCIDENTS = ("incidents", "limit")
    UNRESOLVED = ("incidents/unresolved", "per_page")
    SCHEDULED = ("incidents/scheduled", "per_page")
    UPCOMING = ("incidents/upcoming", "per_page")
    ACTIVE_MAINTENANCE = ("incidents/active_maintenance", "per_page")
    TEMPLATES = ("incident_templates", "per_page")
    WEBHOOK_SUBSCRIBERS = ("subscribers", "limit", _WEBHOOKS, 0)
    UNCONFIRMED_WEBHOOKS = ("subscribers", "limit", _UNCONFIRMED, 0)

    def __init__(
        self,
        path: str,
        size_parameter: str,
        filters: tuple[tuple[str, str], ...] = (),
        first_page: int = 1,
    ) -> None:
        self.path = path
        self.size_parameter = size_parameter
        self.filters = dict(filters)
        self.first_page = first_page


@dataclass(slots=True)
class Walk:
    """One walk through one list.

    A page that is not full is the last one, which saves the request for an empty page. Items
    that move to a later page because others were added meanwhile are delivered once.
    """

    collection: Collection
    page: int = field(init=False)
    finished: bool = False
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Begin where the list begins."""
        self.page = self.collection.first_page

    @property
    def is_first(self) -> bool:
        """Tell whether nothing was received yet."""
        return self.page == self.collection.first_page

    def parameters_until(self, rows: int) -> list[Mapping[str, str | int]]:
        """Return the queries of the pages from here on that are there if there are so many rows."""
        end = self.collection.first_page + math.ceil(rows / PAGE_SIZE)
        return [self._parameters(page) for page in range(self.page, end)]

    def parameters(self) -> Mapping[str, str | int]:
        """Return the query of the page to fetch now."""
        return self._parameters(self.page)

    def _parameters(self, page: int) -> Mapping[str, str | int]:
        """Return the query of a page.

        `page` is always sent: unpaged lists of components are limited to one a minute
        (QUIRKS.md, "Lists without a page number").
        """
        size = {self.collection.size_parameter: PAGE_SIZE}
        return {**self.collection.filters, "page": page, **size}

    def receive(self, request: str, items: list[Raw]) -> list[Raw]:
        """Take in a fetched page; return what is new in it."""
        fresh = []
        for item in items:
            if item["id"] not in self._seen:
                self._seen.add(item["id"])
                fresh.append(item)
        self.finished = len(items) < PAGE_SIZE
        if not self.finished and not fresh:
            raise RepeatedPage(request)
        self.page += 1
        return fresh
