"""What the blocks of a mapping want of a page, all together. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from statuspage import Collection, Raw

from .costs import requests_for
from .streams import Incidents, IncidentUpdates, KindStream


@dataclass(frozen=True, slots=True)
class Mapped:
    """The streams of a mapping; `rows_suffice` tells that none needs what rows do not show."""

    streams: Sequence[KindStream] = ()
    rows_suffice: bool = True

    def chooses(self, incident: Raw) -> bool:
        """Tell whether an incident belongs into Port, for any of the blocks."""
        return any(
            stream.chooses(incident)
            for one in self.streams
            if isinstance(stream := _incidents(one), Incidents)
        )

    @property
    def whole_history(self) -> bool:
        """Tell whether Port holds every incident that a page has."""
        return any(
            isinstance(one, Incidents)
            and Collection.INCIDENTS in one.scopes
            and one.created_after is None
            for one in self.streams
        )

    def spared(self, rows: Mapping[str, Raw]) -> int:
        """Return what a full resync would take for the rows that the view shows as a whole."""
        collections = {one for stream in self.streams for one in stream.collections}
        lists = {Collection.COMPONENT_GROUPS: sum(bool(row.get("group")) for row in rows.values())}
        if self.rows_suffice:
            lists[Collection.COMPONENTS] = len(rows)
        return sum(requests_for(lists[one]) for one in lists if one in collections)


def _incidents(stream: KindStream) -> KindStream:
    return stream.incidents if isinstance(stream, IncidentUpdates) else stream
