"""The status page: what is on it, and how a decision is carried out there."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from statuspage import (
    Change,
    Collection,
    Incidents,
    NewIncident,
    StatuspageClient,
    UnusableName,
    match_component,
)

from .core.decision import Action, Decision
from .core.published import next_mark, opening_mark
from .core.status import OPERATIONAL
from .destination import Done
from .templates import Templates, Written

log = logging.getLogger(__name__)

# A component that a tag names may be made after the tag.
AGAIN_AFTER = timedelta(minutes=10)
LONG_AGO = datetime.min.replace(tzinfo=UTC)

type Raw = dict[str, Any]


@dataclass(slots=True)
class Page:
    """One page. It remembers its components' names, and looks again for one that it misses."""

    client: StatuspageClient
    id: str
    templates: Templates
    _rows: list[Raw] = field(default_factory=list)
    _missed: set[str] = field(default_factory=set)
    _look_again_at: datetime = LONG_AGO

    async def open_incidents(self) -> list[Raw]:
        """Return what is open."""
        return [one async for one in self.client.incidents(self.id, Collection.UNRESOLVED)]

    async def newest_incidents(self) -> list[Raw]:
        """Return the newest hundred: who resolved the last one is in them."""
        batches = self.client.incidents(self.id, Collection.INCIDENTS).batches()
        return await anext(aiter(batches), [])

    async def maintained(self) -> frozenset[str]:
        """Return the components under a maintenance that runs."""
        running = self.client.incidents(self.id, Collection.ACTIVE_MAINTENANCE)
        return frozenset(
            [row["id"] async for one in running for row in one.get("components") or ()]
        )

    async def ids(self, names: Iterable[str], now: datetime) -> dict[str, str]:
        """Return the ids of what can be found; what cannot is told, and looked for again later."""
        wanted = set(names)
        found = self._found(wanted)
        missed = wanted - found.keys()
        if not self._rows or missed - self._missed or (missed and now >= self._look_again_at):
            self._rows = [row async for row in self.client.components(self.id)]
            self._look_again_at = now + AGAIN_AFTER
            found = self._found(wanted, tell=True)
            self._missed = wanted - found.keys()
        return found

    async def incident(self, id_: str) -> Raw | None:
        """Return one incident, None where it is no longer there."""
        return await self.client.incident(self.id, id_)

    async def carry_out(self, decision: Decision, open_ones: Iterable[Raw], now: datetime) -> Done:
        """Open, update or resolve an incident; `open_ones` are all that are open."""
        incidents = Incidents(self.client, self.id)
        written = self.write(decision)
        rows = {one["id"]: one for one in open_ones}
        incident = rows.pop(decision.incident or "", None)
        if decision.action is Action.OPEN:
            key = f"bridge {decision.key}"
            draft = _draft(decision, written, now)
            created = await incidents.create_once(draft, key, contested=True)
            return Done(created.incident, written.faults)
        if incident is not None and decision.action is Action.UPDATE:
            change = Change(
                body=written.body,
                impact_override=decision.impact or None,
                components=await self._statuses(decision, rows.values()),
                deliver_notifications=decision.notify,
                metadata=next_mark(incident, decision),
            )
            return Done(await incidents.update(incident["id"], change), written.faults)
        if incident is not None and decision.action is Action.RESOLVE:
            change = Change(
                body=written.body,
                deliver_notifications=decision.notify,
                metadata=next_mark(incident, decision, status="resolved"),
            )
            return Done(await incidents.resolve(incident["id"], change), written.faults)
        raise ValueError(f"{decision.action} is no write, or its incident is not there.")

    def write(self, decision: Decision) -> Written:
        """Return the texts of a decision."""
        return self.templates.write(decision, self.name_of)

    def name_of(self, component: str) -> str:
        """Return what a component is called, its id where that is not known."""
        names = (str(row["name"]) for row in self._rows if row["id"] == component)
        return next(names, component)

    async def _statuses(self, decision: Decision, others: Iterable[Raw]) -> dict[str, str]:
        """Return the statuses to set: none is well that something else on the page needs bad."""
        statuses = {id_: decision.components[id_] for id_ in decision.changed}
        if OPERATIONAL in statuses.values():
            needed = {row["id"] for one in others for row in one.get("components") or ()}
            needed |= await self.maintained()
            statuses = {
                id_: status
                for id_, status in statuses.items()
                if status != OPERATIONAL or id_ not in needed
            }
        return statuses

    def _found(self, names: Iterable[str], *, tell: bool = False) -> dict[str, str]:
        found = {}
        for name in sorted(names):
            try:
                found[name] = str(match_component(self._rows, name)["id"])
            except UnusableName as error:
                if tell:
                    log.warning("A tag is passed over. %s", error)
        return found


def _draft(decision: Decision, written: Written, now: datetime) -> NewIncident:
    mark = opening_mark(decision, now, name=written.name, status=written.status)
    return NewIncident(
        name=written.name,
        body=written.body,
        status=written.status,
        impact_override=decision.impact,
        components=decision.components,
        deliver_notifications=decision.notify,
        metadata=mark,
    )
