"""What was let in and has not reached the desk: between the two is Ocean's queue, without a bound.

So of each object one event at a time is let in, and takes along what others tell meanwhile.
"""

from .hints import Hint, Subject
from .pending import MOST_OF_A_SUBJECT, MOST_PAGES, Entry

# Ocean drops an event when it cannot reach Port. Whoever came after it may come in then.
LOST_AFTER = 30.0


class Underway:
    """Hints on their way through Ocean, by page and subject."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, Subject], dict[str, Entry]] = {}

    def enter(self, hint: Hint, now: float) -> bool:
        """Let a hint in; False when it need not, since another one takes along what it tells."""
        place = hint.page_id, hint.subject
        if place not in self._entries and len(self._entries) >= MOST_PAGES:
            return False
        entries = {
            id_: entry
            for id_, entry in self._entries.get(place, {}).items()
            if now - entry.since < LOST_AFTER
        }
        self._entries[place] = entries
        if (present := entries.get(hint.id)) is not None:
            present.join(Entry(hint, now))
            return False
        if len(entries) >= MOST_OF_A_SUBJECT:
            return False
        entries[hint.id] = Entry(hint, now)
        return True

    def leave(self, hint: Hint) -> Hint:
        """Return what a hint that has arrived brings along."""
        place = hint.page_id, hint.subject
        entries = self._entries.get(place, {})
        entry = entries.pop(hint.id, None)
        if not entries:
            self._entries.pop(place, None)
        return hint if entry is None else entry.hint.and_also(hint)
