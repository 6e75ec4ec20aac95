"""How much of the quota events may use that anybody could have sent.

The ids of a public page's incidents and components are public. So a stranger who knows our address
can name real objects, and each would be read again. With a secret he cannot; without one, all
events together get half of the quota, and one page a third of that.
"""

from dataclasses import dataclass, field

from statuspage.window import RollingWindow


@dataclass(slots=True)
class Budget:
    """Counts the requests of the last minute, of each page and of all."""

    of_all: int
    of_a_page: int
    _all: RollingWindow = field(default_factory=RollingWindow)
    _pages: dict[str, RollingWindow] = field(default_factory=dict)

    @classmethod
    def of(cls, requests_per_minute: int, *, trusted: bool) -> "Budget":
        """Return the budget for events that prove where they come from, or do not."""
        if trusted:
            return cls(requests_per_minute, requests_per_minute)
        half = max(1, requests_per_minute // 2)
        return cls(half, max(1, half // 3))

    def wait(self, page_id: str, now: float) -> float:
        """Return the seconds until a page may be looked at."""
        page = self._pages.get(page_id)
        of_page = page.wait(now, self.of_a_page) if page else 0.0
        return max(of_page, self._all.wait(now, self.of_all))

    def spend(self, page_id: str, requests: int, now: float) -> None:
        """Count requests that were made for a page."""
        for window in (self._pages.setdefault(page_id, RollingWindow()), self._all):
            for _ in range(requests):
                window.count()
                window.finish(now)
