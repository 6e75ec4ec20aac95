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

from .core.plan import Action, Decision
from .core.published import next_mark, opening_mark
from .texts import Texts

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
    texts: Texts
    notify: bool = False
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

    async def carry_out(self, decision: Decision, incident: Raw | None, now: datetime) -> Raw:
        """Open, update or resolve the incident of a component, and return it."""
        incidents = Incidents(self.client, self.id)
        if decision.action is Action.OPEN:
            key = f"bridge {decision.component}"
            draft = self._draft(decision, now)
            return (await incidents.create_once(draft, key, contested=True)).incident
        if incident is not None and decision.action is Action.UPDATE:
            change = Change(
                body=self._text(self.texts.changed, decision.component),
                components={decision.component: decision.status},
                deliver_notifications=self.notify,
                metadata=next_mark(incident, decision.component, decision.status),
            )
            return await incidents.update(incident["id"], change)
        if incident is not None and decision.action is Action.RESOLVE:
            mark = next_mark(incident, decision.component, decision.status, status="resolved")
            change = Change(
                body=self._text(self.texts.resolved, decision.component),
                deliver_notifications=self.notify,
                metadata=mark,
            )
            return await incidents.resolve(incident["id"], change)
        raise ValueError(f"{decision.action} is no write, or its incident is not there.")

    def name_of(self, component: str) -> str:
        """Return what a component is called, its id where that is not known."""
        names = (str(row["name"]) for row in self._rows if row["id"] == component)
        return next(names, component)

    def _draft(self, decision: Decision, now: datetime) -> NewIncident:
        component, texts = decision.component, self.texts
        name, status = self._text(texts.name, component)[:255].strip(), texts.incident_status
        return NewIncident(
            name=name,
            body=self._text(texts.body, component),
            status=status,
            components={component: decision.status},
            deliver_notifications=self.notify,
            metadata=opening_mark(component, decision.status, now, name=name, status=status),
        )

    def _text(self, text: str, component: str) -> str:
        return self.texts.fill(text, self.name_of(component))

    def _found(self, names: Iterable[str], *, tell: bool = False) -> dict[str, str]:
        found = {}
        for name in sorted(names):
            try:
                found[name] = str(match_component(self._rows, name)["id"])
            except UnusableName as error:
                if tell:
                    log.warning("A tag is passed over. %s", error)
        return found
