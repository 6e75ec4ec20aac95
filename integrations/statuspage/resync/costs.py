"""Which requests bring some of a page's incidents the cheapest. No I/O.

What is known of a page's history is how much of it there is at least. As long as a way costs no
more than that proves a full resync to cost, it may be taken; else the list is read on, to its end
if need be, as a full resync does.
"""

from dataclasses import dataclass
from enum import Enum

from statuspage import PAGE_SIZE


def requests_for(rows: int) -> int:
    """Return what a list takes: a full page of results does not tell that it was the last."""
    return rows // PAGE_SIZE + 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """The incidents that are still to be read, each in one of three sets.

    `recent` names those of them that the first page of the list of all should show.
    """

    unresolved: frozenset[str] = frozenset()
    scheduled: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    recent: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.unresolved or self.scheduled or self.others)

    def __contains__(self, incident_id: str) -> bool:
        return incident_id in self.unresolved | self.scheduled | self.others

    def without(self, ids: frozenset[str]) -> "Wanted":
        return Wanted(
            self.unresolved - ids, self.scheduled - ids, self.others - ids, self.recent - ids
        )


@dataclass(frozen=True, slots=True)
class Known:
    """How much a page has: open incidents, planned maintenances, and both with their past at least.

    `spared` is what a full resync would spend on the page besides, and this one does not.
    """

    unresolved: int
    scheduled: int
    all: int
    spared: int = 0


class Way(Enum):
    """How to go on."""

    NEXT_PAGE = "the next page of the list of all"
    ALONE = "the lists of what is open, and the rest one by one"


def alone(wanted: Wanted, known: Known) -> int:
    """Return what incidents take without the list of all."""
    return (
        min(len(wanted.unresolved), requests_for(known.unresolved))
        + min(len(wanted.scheduled), requests_for(known.scheduled))
        + len(wanted.others)
    )


def way_of(wanted: Wanted, known: Known, pages_read: int) -> Way:
    """Choose how to read what is wanted, when so many full pages of the list of all are read."""
    there = max(known.all, pages_read * PAGE_SIZE)
    most = requests_for(there) - pages_read + known.spared
    by_themselves = alone(wanted, known)
    if not pages_read:
        first_page = 1 + alone(wanted.without(wanted.recent), known)
        if first_page < by_themselves and first_page <= most:
            return Way.NEXT_PAGE
    return Way.ALONE if by_themselves <= most else Way.NEXT_PAGE


def rest_may_be_left(pages_read: int, unseen: int, held: int | None) -> bool:
    """Tell whether the lists of what is open are cheaper than the rest of the list of all.

    `unseen` may have to be read one by one behind them. `held` is how many incidents Port holds;
    where it does not tell, the history may be long.
    """
    if held is None:
        return True
    left = requests_for(max(held, pages_read * PAGE_SIZE)) - pages_read
    return 2 + unseen <= left
