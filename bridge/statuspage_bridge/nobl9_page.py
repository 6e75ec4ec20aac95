"""A status page of Nobl9: what is on it, and how a decision is carried out there.

Nobl9 keeps nothing of ours with an incident, so what the bridge told is in its state. Where Nobl9
shows all components of an incident as operational, a person has ended it there.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from statuspage import UnusableName
from statuspage_nobl9 import (
    DEGRADED,
    MAJOR,
    OPERATIONAL,
    STATUSES,
    Component,
    ExternalIssue,
    Nobl9Client,
    Repeats,
    change_status,
    find_one,
    report,
)

from .core.decision import Action, Decision
from .core.published import Published, as_incident
from .destination import Done
from .state.state import State
from .templates import Templates, Written

log = logging.getLogger(__name__)

type Raw = dict[str, Any]

_STATUS = {"major_outage": MAJOR, "partial_outage": DEGRADED, "degraded_performance": DEGRADED}
LONGEST_COMMENT = 2000
REQUESTED_BY = "statuspage-bridge"


@dataclass(slots=True)
class Nobl9Page:
    """The page of an organization; `propagates` hands statuses on to what is above (v1)."""

    client: Nobl9Client
    id: str
    templates: Templates
    state: State
    propagates: bool = True
    _rows: Sequence[Component] = field(default_factory=list)
    _missed: set[str] = field(default_factory=set)

    async def open_incidents(self) -> list[Raw]:
        """Return what we told and what is still so."""
        self._rows = await self.client.components()
        return [as_incident(one) for one in await self.state.open_incidents() if self._goes_on(one)]

    async def newest_incidents(self) -> list[Raw]:
        """Return nothing: what is over is known from the state."""
        return []

    async def incident(self, id_: str) -> Raw | None:
        """Return one incident, None where a person has ended it."""
        return next((one for one in await self.open_incidents() if one["id"] == id_), None)

    async def maintained(self) -> frozenset[str]:
        """Return nothing: Nobl9 knows no maintenance."""
        return frozenset()

    async def ids(self, names: Iterable[str], now: datetime) -> dict[str, str]:  # noqa: ARG002 (the page is read in each pass)
        """Return the ids of the components that can be found; what cannot is told once."""
        if not self._rows:
            self._rows = await self.client.components()
        found = {}
        for name in sorted(set(names)):
            try:
                found[name] = find_one(self._rows, name).id
            except UnusableName as error:
                if name not in self._missed:
                    log.warning("A tag is passed over. %s", error)
                self._missed.add(name)
        return found

    async def carry_out(self, decision: Decision, open_ones: Iterable[Raw], now: datetime) -> Done:
        """Report what is wrong, or set back what is well again."""
        written = self.write(decision)
        others = [one for one in open_ones if one["id"] != decision.incident]
        needed = {row["id"] for one in others for row in one["components"]}
        for id_ in sorted(decision.changed):
            status = _STATUS.get(decision.components[id_], OPERATIONAL)
            if status != OPERATIONAL or id_ not in needed:
                await self._tell(id_, status, written.body, decision, now)
        told = Published(
            id=decision.incident or f"nobl9-{uuid4().hex}",
            components=decision.components,
            begun_at=next(
                (
                    datetime.fromisoformat(one["created_at"])
                    for one in open_ones
                    if one["id"] == decision.incident
                ),
                now,
            ),
            group=decision.group,
            impact=decision.impact,
            notify=decision.notify,
            template=decision.template,
            is_over=decision.action is Action.RESOLVE,
        )
        if not told.is_over:
            await self.state.note_open([told], now)
        return Done(as_incident(told), written.faults)

    def write(self, decision: Decision) -> Written:
        """Return the texts of a decision."""
        return self.templates.write(decision, self.name_of)

    def name_of(self, component: str) -> str:
        """Return what a component is called, its id where that is not known."""
        return next((one.name for one in self._rows if one.id == component), component)

    def _goes_on(self, incident: Published) -> bool:
        shown = {one.id: one.status for one in self._rows}
        return any(
            shown.get(id_, OPERATIONAL) != OPERATIONAL
            for id_, status in incident.components.items()
            if status in _STATUS
        )

    async def _tell(
        self, id_: str, status: str, comment: str, decision: Decision, now: datetime
    ) -> None:
        """Report an issue where it is worse than before; change the status alone elsewhere."""
        name = self.name_of(id_)
        comment = comment[:LONGEST_COMMENT]
        before = next((one.status for one in self._rows if one.id == id_), OPERATIONAL)
        is_worse = _rank(status) > _rank(before)
        if is_worse and sum(one.name == name for one in self._rows) == 1:
            source = decision.causes[0].account.source if decision.causes else REQUESTED_BY
            issue = ExternalIssue(
                component_name=name,
                occurred_at=min((one.since for one in decision.causes), default=now),
                comment=comment,
                requested_by=source,
                status=status,
                propagate=self.propagates,
            )
            await report(
                self.client, issue, Repeats(None, self.client.transport.clock, timedelta())
            )
            return
        if is_worse:
            # Others have this name, and an issue from outside would be about them as well.
            await self.client.create_issue(id_, occurred_at=now, comment=comment)
        await change_status(self.client, id_, status, comment=comment, propagate=self.propagates)


def _rank(status: str) -> int:
    return STATUSES.index(status) if status in STATUSES else 0
