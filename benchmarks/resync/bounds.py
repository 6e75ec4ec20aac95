"""What no integration that reads everything can go below. Pure.

Each list is read page by page: whether there is another one is known when a page has come. To ask
for several at once would cost requests for pages that are not there, and the quota is the scarcer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from resync.workloads import PageSize

PAGE_SIZE = 100
QUOTA = 60
PERIOD = 60.0


def requests_of_list(items: int) -> int:
    """Return the requests for a list: a page that is not full is known to be the last one."""
    return items // PAGE_SIZE + 1


def least_requests(pages: Sequence[PageSize]) -> int:
    """Return the requests that reading everything takes: one for the pages, then every list."""
    return 1 + sum(requests_of_list(items) for page in pages for items in page.lists)


def latency_bound(pages: Sequence[PageSize], latency: float) -> float:
    """Return the seconds that the longest chain of requests takes.

    The list of pages comes first; then all lists can be read at the same time.
    """
    longest = max((requests_of_list(items) for page in pages for items in page.lists), default=0)
    return (1 + longest) * latency


def quota_bound(requests: int, latency: float) -> float:
    """Return the seconds until the last answer, when no 60 seconds see more than the quota."""
    return (requests - 1) // QUOTA * PERIOD + latency


@dataclass(frozen=True, slots=True)
class Bounds:
    """Three times that a resync cannot beat; the load is measured, see alone/main.py."""

    latency: float
    quota: float
    load: float

    @property
    def name(self) -> str:
        """Which of the three is the one that counts."""
        return max(("latency", "quota", "load"), key=lambda name: float(getattr(self, name)))

    @property
    def seconds(self) -> float:
        """The greatest of the three."""
        return max(self.latency, self.quota, self.load)


def bounds(pages: Sequence[PageSize], latency: float, load: float) -> Bounds:
    return Bounds(latency_bound(pages, latency), quota_bound(least_requests(pages), latency), load)
