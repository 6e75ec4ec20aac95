"""Which requests show some objects, never more than there are objects to show. No I/O."""

from dataclasses import dataclass

from statuspage import PAGE_SIZE

# So many objects are asked for one by one; for more there are lists.
FEW = 3


@dataclass(frozen=True, slots=True)
class IncidentPlan:
    """First the lists of what is new and what is open, or not; then some incidents each alone."""

    lists: bool
    alone: int


def incidents(wanted: int) -> IncidentPlan:
    """Plan to read so many incidents: two lists show every one that is new or open."""
    if wanted <= FEW:
        return IncidentPlan(lists=False, alone=wanted)
    return IncidentPlan(lists=True, alone=min(FEW, wanted - 2))


@dataclass(frozen=True, slots=True)
class ComponentPlan:
    """The whole list of components, or not; then some components each alone."""

    lists: bool
    alone: int


def components(wanted: int, rows: int | None, *, is_public: bool) -> ComponentPlan:
    """Plan to read so many components of a page that has so many rows, if that is known.

    The list also shows the groups' status. A page that has no public view shows it nowhere else,
    so there even one component is worth the list.
    """
    if not wanted:
        return ComponentPlan(lists=False, alone=0)
    cost = None if rows is None else rows // PAGE_SIZE + 1
    if cost is None or cost > wanted or (wanted == 1 and is_public):
        return ComponentPlan(lists=False, alone=min(FEW, wanted))
    return ComponentPlan(lists=True, alone=min(FEW, wanted - cost))
