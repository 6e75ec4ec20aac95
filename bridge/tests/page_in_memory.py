"""A page in memory, on which plans are carried out."""

from collections.abc import Collection
from dataclasses import replace

from making import NOW

from statuspage_bridge.core.alert import Account
from statuspage_bridge.core.decision import Action, Decision
from statuspage_bridge.core.memory import Memory
from statuspage_bridge.core.plan import plan
from statuspage_bridge.core.published import Published
from statuspage_bridge.core.rules import Rules
from statuspage_bridge.core.situation import Situation


class Page:
    """The bridge's own incidents."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.incidents: list[Published] = []

    def follow(self, memory: Memory, unread: frozenset[Account] = frozenset()) -> int:
        """Do what the plan says; return how many writes that took."""
        situation = Situation(
            now=NOW, memory=memory, rules=self.rules, incidents=self.incidents, unread=unread
        )
        written = [
            one for one in plan(situation) if one.action is not Action.LEAVE and not one.draft
        ]
        for one in written:
            self._write(one)
        return len(written)

    def told(self) -> list[str]:
        """Return the components of all incidents that are open."""
        return [id_ for one in self.incidents if not one.is_over for id_ in one.components]

    def shown(self, without: Collection[str] = ()) -> dict[str, str]:
        """Return the components that are not well."""
        return {
            id_: status
            for one in self.incidents
            if not one.is_over
            for id_, status in one.components.items()
            if status != "operational" and id_ not in without
        }

    def _write(self, decision: Decision) -> None:
        if decision.action is Action.OPEN:
            self.incidents.append(
                Published(
                    id=f"i{len(self.incidents):03}",
                    components=decision.components,
                    begun_at=NOW,
                    group=decision.group,
                    impact=decision.impact,
                )
            )
            return
        number = next(n for n, one in enumerate(self.incidents) if one.id == decision.incident)
        self.incidents[number] = replace(
            self.incidents[number],
            components=decision.components,
            impact=decision.impact,
            is_over=decision.action is Action.RESOLVE,
            over_at=NOW,
        )
