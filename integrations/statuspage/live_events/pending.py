"""What was told and not looked at yet: each object once, and no more than can be looked at."""

import asyncio
from dataclasses import dataclass, field

from .hints import Hint, Subject

# Of one page. For more than a few the page's lists are read, so what finds no room here is not
# lost: the lists show whatever changed lately.
MOST_OF_A_PAGE = 50


@dataclass(slots=True)
class Entry:
    """A hint that waits: since when, how often it was tried, and who waits with it."""

    hint: Hint
    since: float
    not_before: float = 0.0
    attempts: int = 0
    waiting: list[asyncio.Future[None]] = field(default_factory=list)

    def done(self) -> None:
        """Tell all who wait."""
        for future in self.waiting:
            if not future.done():
                future.set_result(None)


class Pending:
    """Hints by page, the pages in the order in which they were told of."""

    def __init__(self) -> None:
        self._pages: dict[str, dict[tuple[Subject, str], Entry]] = {}

    def add(self, entry: Entry) -> bool:
        """Add a hint to what waits for its object already; False when the page has no room."""
        entries = self._pages.setdefault(entry.hint.page_id, {})
        if (present := entries.get(entry.hint.key)) is not None:
            present.hint = present.hint.and_also(entry.hint)
            present.waiting += entry.waiting
            present.not_before = min(present.not_before, entry.not_before)
        elif len(entries) < MOST_OF_A_PAGE:
            entries[entry.hint.key] = entry
        else:
            return False
        return True

    def holds(self, hint: Hint) -> bool:
        """Tell whether what waits will bring what a hint names, so that it adds nothing."""
        entries = self._pages.get(hint.page_id, {})
        present = entries.get(hint.key)
        if present is None:
            return len(entries) >= MOST_OF_A_PAGE
        return present.hint.status is None or present.hint == hint

    def due(self) -> dict[str, float]:
        """Return for each page the time from which some of its hints may be looked at."""
        return {
            page_id: min(entry.not_before for entry in entries.values())
            for page_id, entries in self._pages.items()
        }

    def take(self, page_id: str, now: float) -> list[Entry]:
        """Take out what may be looked at now."""
        entries = self._pages.pop(page_id, {})
        later = {key: entry for key, entry in entries.items() if entry.not_before > now}
        if later:
            self._pages[page_id] = later
        return [entry for key, entry in entries.items() if key not in later]
