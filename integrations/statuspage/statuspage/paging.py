"""How a list is walked: which page comes next, and when it ends. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from .answers import Raw
from .errors import RepeatedPage

# The most that the API returns at once, as the parameters of its lists say, for example
# https://developer.statuspage.io/#tag/incidents. What it does with a greater number is open.
PAGE_SIZE = 100


class Collection(Enum):
    """The lists below a page, each with the name that its size parameter has."""

    COMPONENT_GROUPS = ("component-groups", "per_page")
    COMPONENTS = ("components", "per_page")
    INCIDENTS = ("incidents", "limit")
    UNRESOLVED = ("incidents/unresolved", "per_page")
    SCHEDULED = ("incidents/scheduled", "per_page")
    UPCOMING = ("incidents/upcoming", "per_page")
    ACTIVE_MAINTENANCE = ("incidents/active_maintenance", "per_page")

    @property
    def path(self) -> str:
        """The list's path below its page."""
        return self.value[0]

    @property
    def size_parameter(self) -> str:
        """The query parameter that sets how many come at once."""
        return self.value[1]


@dataclass(slots=True)
class Walk:
    """One walk through one list.

    A page that is not full is the last one, which saves the request for an empty page. Items
    that move to a later page because others were added meanwhile are delivered once.
    """

    collection: Collection
    page: int = 1
    finished: bool = False
    _seen: set[str] = field(default_factory=set)

    def parameters(self) -> Mapping[str, str | int]:
        """Return the query of the page to fetch now.

        `page` is always sent: unpaged lists of components are limited to one a minute
        (QUIRKS.md, "Lists without a page number").
        """
        return {"page": self.page, self.collection.size_parameter: PAGE_SIZE}

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
