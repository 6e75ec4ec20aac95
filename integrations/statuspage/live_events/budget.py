"""How much of the quota events may use that anybody could have sent.

The ids of a public page's incidents and components are public. So a stranger who knows our address
can name real objects, and each would be read again. With a secret he cannot. Without one, events
may use up to some requests at once, and then so many a minute: enough for any outage, whose events
wait for each other at worst some seconds, and too little to keep a resync from its work.
"""

from dataclasses import dataclass, field
from typing import Protocol

MINUTE = 60.0

# Of a request: what sums of fractions leave over is nothing to wait for.
NOTHING = 1e-6


@dataclass(slots=True)
class Allowance:
    """So many requests at once, and so many a minute from then on."""

    at_once: float
    a_minute: float
    _left: float = field(init=False)
    _counted_at: float | None = None

    def __post_init__(self) -> None:
        """Begin with all of it."""
        self._left = self.at_once

    def wait(self, now: float) -> float:
        """Return the seconds until there is room for a request."""
        missing = 1 - self._left_at(now)
        return missing * MINUTE / self.a_minute if missing > NOTHING else 0.0

    def spend(self, requests: int, now: float) -> None:
        """Count requests that were made, whether there was room for all of them or not."""
        self._left = self._left_at(now) - requests
        self._counted_at = now

    def _left_at(self, now: float) -> float:
        since = 0.0 if self._counted_at is None else now - self._counted_at
        return min(self.at_once, self._left + since * self.a_minute / MINUTE)


class Budget(Protocol):
    """When a page may be looked at."""

    def wait(self, page_id: str, now: float) -> float:
        """Return the seconds until then."""
        ...

    def spend(self, page_id: str, requests: int, now: float) -> None:
        """Count requests that were made for a page."""
        ...


class Unlimited:
    """For events that prove where they come from: the key's window alone paces them."""

    def wait(self, page_id: str, now: float) -> float:  # noqa: ARG002
        """Return nothing to wait for."""
        return 0.0

    def spend(self, page_id: str, requests: int, now: float) -> None:
        """Count nothing."""


class Guarded:
    """For events that anybody could have sent: seven twelfths of the quota in any minute.

    A look that has begun is finished, so one look's requests may come on top.
    """

    def __init__(self, requests_per_minute: int) -> None:
        self._quota = requests_per_minute
        self._all = Allowance(max(1.0, self._quota / 3), self._quota / 4)
        self._pages: dict[str, Allowance] = {}

    def wait(self, page_id: str, now: float) -> float:
        """Return the seconds until the page and all pages together have room."""
        return max(self._of(page_id).wait(now), self._all.wait(now))

    def spend(self, page_id: str, requests: int, now: float) -> None:
        """Count requests for the page and for all."""
        self._of(page_id).spend(requests, now)
        self._all.spend(requests, now)

    def _of(self, page_id: str) -> Allowance:
        # Only pages that we serve get here, so there are not many.
        if page_id not in self._pages:
            self._pages[page_id] = Allowance(max(1.0, self._quota / 6), self._quota / 5)
        return self._pages[page_id]
