"""What was told and not looked at yet: each object once, and no more than can be looked at."""

import asyncio
from dataclasses import dataclass, field

from .hints import Hint, Subject

# Of one page and subject. For more than a few the subject's lists are read, so what finds no room
# here is not lost: the lists show whatever changed lately.
MOST_OF_A_SUBJECT = 50

# Until our pages are known, strangers may name any. Nobody has so many.
MOST_PAGES = 1_000


@dataclass(slots=True)
class Entry:
    """A hint that waits: since when, how often it was tried, and who waits with it."""

    hint: Hint
    since: float
    not_before: float = 0.0
    attempts: int = 0
    waiting: list[asyncio.Future[None]] = field(default_factory=list)

    def join(self, other: "Entry") -> None:
        """Wait together with another one for the same object.

        What was put off after an error stays so, and counts its attempts on: whoever repeats an
        event neither hastens nor prolongs anything.
        """
        self.hint = self.hint.and_also(other.hint)
        self.since = min(self.since, other.since)
        self.not_before = min(filter(None, (self.not_before, other.not_before)), default=0.0)
        self.attempts = max(self.attempts, other.attempts)
        self.waiting += other.waiting

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
        entries = self._pages.get(entry.hint.page_id, {})
        if (present := entries.get(entry.hint.key)) is not None:
            present.join(entry)
        elif self._is_full(entry.hint):
            return False
        else:
            self._pages.setdefault(entry.hint.page_id, entries)[entry.hint.key] = entry
        return True

    def holds(self, hint: Hint) -> bool:
        """Tell whether what waits will bring what a hint names, so that it adds nothing."""
        entries = self._pages.get(hint.page_id, {})
        present = entries.get(hint.key)
        if present is None:
            return self._is_full(hint)
        return present.hint.status is None or present.hint == hint

    def _is_full(self, hint: Hint) -> bool:
        entries = self._pages.get(hint.page_id)
        if entries is None:
            return len(self._pages) >= MOST_PAGES
        return sum(subject is hint.subject for subject, _ in entries) >= MOST_OF_A_SUBJECT

    def due(self) -> dict[str, float]:
        """Return for each page the time from which some of its hints may be looked at."""
        return {
            page_id: min(entry.not_before for entry in entries.values())
            for page_id, entries in self._pages.items()
        }

    def take(self, page_id: str, now: float, within: float = 0.0) -> list[Entry]:
        """Take out what may be looked at now, or so soon that nobody should wait for it."""
        entries = self._pages.pop(page_id, {})
        later = {key: one for key, one in entries.items() if one.not_before - now > within}
        if later:
            self._pages[page_id] = later
        return [entry for key, entry in entries.items() if key not in later]
