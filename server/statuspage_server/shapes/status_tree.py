"""Groups and components as the tree of the Nobl9 API."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Row

from statuspage_server.core.moments import Moment
from statuspage_server.core.nobl9_status import Nobl9Status, nobl9_status
from statuspage_server.core.status import worst
from statuspage_server.shapes.disruptions import Reports, severity, shape_history, shape_impacting
from statuspage_server.storage.disruptions import impacted_components
from statuspage_server.storage.incidents import FullIncident


@dataclass(frozen=True)
class Tree:
    """What it is made of: rows in order, the disruptions of ninety days, and what is monitored."""

    rows: Sequence[Row[Any]]
    disruptions: Sequence[FullIncident]
    reports: Reports
    monitored: AbstractSet[str]
    now: Moment

    @cached_property
    def _members(self) -> dict[str, list[Row[Any]]]:
        members: dict[str, list[Row[Any]]] = {}
        for row in self.rows:
            if row.group_id:
                members.setdefault(row.group_id, []).append(row)
        return members

    @cached_property
    def _disruptions(self) -> dict[str, list[FullIncident]]:
        found: dict[str, list[FullIncident]] = {}
        for incident in self.disruptions:
            for component in incident.components:
                found.setdefault(component.id, []).append(incident)
        return found

    @cached_property
    def _impacted(self) -> dict[str, FullIncident]:
        return impacted_components(self.disruptions)

    def shape(self) -> dict[str, Any]:
        return {"components": [self._node(row) for row in self.rows if not row.group_id]}

    def node(self, component_id: str) -> dict[str, Any] | None:
        row = next((row for row in self.rows if row.id == component_id), None)
        return None if row is None else self._node(row)

    def _node(self, row: Row[Any]) -> dict[str, Any]:
        members = self._members.get(row.id, [])
        leaves = members if row.is_group else [row]
        ids = [leaf.id for leaf in leaves]
        found = {one.row.id: one for id_ in ids for one in self._disruptions.get(id_, ())}
        node = {
            "id": row.id,
            "name": row.name,
            "description": row.description or "",
            "status": nobl9_status(worst(leaf.status for leaf in leaves)),
            "noSignal": self.monitored.isdisjoint(ids),
            "disruptionHistory": shape_history(list(found.values()), self.now),
            "children": [self._node(member) for member in members],
        }
        impacting = self._worst_of(ids)
        if impacting is not None:
            node["impactingDisruption"] = shape_impacting(impacting, ids, self.reports, self.now)
        return node

    def _worst_of(self, ids: Sequence[str]) -> FullIncident | None:
        """A group shows the most severe of those that impact its components."""
        found = [(self._impacted[id_], id_) for id_ in ids if id_ in self._impacted]
        major = [one for one, id_ in found if severity(one, id_) is Nobl9Status.MAJOR_OUTAGE]
        return next(iter([*major, *(one for one, _ in found)]), None)
