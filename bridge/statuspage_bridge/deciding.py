"""Reads what a plan needs of the page besides, and makes the plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from .core.alert import Account
from .core.decision import Decision
from .core.memory import Memory
from .core.plan import plan
from .core.published import Published, ours
from .core.rules import Rules
from .core.situation import Situation
from .destination import Destination
from .state.state import State

type Raw = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """What is decided by, for one page."""

    page: Destination
    state: State
    rules: Rules
    only_pushed: frozenset[Account]

    async def decide(
        self, memory: Memory, unread: frozenset[Account], rows: Sequence[Raw], now: datetime
    ) -> list[Decision]:
        """Return the plan; what it needs only where something becomes public is read only then."""
        memory, rules = await self._located(memory, now)
        situation = Situation(
            now=now,
            memory=memory,
            rules=rules,
            incidents=ours(rows),
            unread=unread,
            only_pushed=self.only_pushed,
        )
        decisions = plan(situation)
        begun = {id_ for one in decisions if one.begins for id_ in one.changed}
        if not begun:
            return decisions
        newest = ours(await self.page.newest_incidents())
        known = [*situation.incidents, *(one for one in newest if one.is_over)]
        situation = replace(
            situation,
            incidents=[*known, *await self._ended_unseen(begun, known)],
            maintained=await self.page.maintained(),
        )
        return plan(situation)

    async def _ended_unseen(
        self, components: set[str], known: Sequence[Published]
    ) -> list[Published]:
        """Return what was open once and is on no list: what a person has deleted above all."""
        deleted, unknown = await self.state.missing(one.id for one in known)
        ended = [one for one in deleted if components & one.components.keys()]
        for one in unknown:
            if not components & one.components.keys():
                continue
            row = await self.page.incident(one.id)
            if row is None:
                await self.state.note_deleted([one.id])
                ended.append(one)
            else:
                ended += [there for there in ours([row]) if there.is_over]
        return ended

    async def _located(self, memory: Memory, now: datetime) -> tuple[Memory, Rules]:
        """Return what is remembered and the rules, with ids instead of names of components."""
        alerts = list(memory.alerts.values())
        named = [*(alert.component for alert in alerts), *self.rules.components]
        ids = await self.page.ids(named, now)
        known = (
            replace(alert, component=ids[alert.component])
            for alert in alerts
            if alert.component in ids
        )
        located = replace(memory, alerts={alert.key: alert for alert in known})
        return located, self.rules.located(ids)
