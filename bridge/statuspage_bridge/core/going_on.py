"""What becomes of an incident that is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .beginning import Beginning, ripened
from .decision import Action, Decision
from .held import Held, named, worst_first
from .published import Published
from .situation import Situation
from .status import OPERATIONAL, rank, worst, worst_impact


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIncident:
    """An incident of ours, and all that decides how it goes on.

    Of several incidents about one component the oldest goes on, and all end together:
    `elsewhere` are the components that an older one is about.
    """

    published: Published
    holding: Mapping[str, Sequence[Held]]
    joining: Sequence[Beginning]
    elsewhere: Mapping[str, str]
    situation: Situation

    def decide(self) -> Decision:
        """Return what is done."""
        if self.published.is_taken_over:
            return self._leave("A person has written to the incident.")
        held = [one for id_ in self.published.components for one in self.holding.get(id_, ())]
        # What is only proposed holds nothing that it is not a part of.
        is_over = not held and all(one.is_draft for one in self.joining)
        return self._over() if is_over else self._held_by(held)

    def _over(self) -> Decision:
        if unread := self._unread:
            return self._leave(f"It is not known whether {unread} holds it open.")
        if self.situation.has_just_begun:
            return self._leave("The bridge has just begun: when it was over is not known.")
        return self._resolve()

    def _held_by(self, held: Sequence[Held]) -> Decision:
        for drafts in (False, True):
            decision = self._update(drafts=drafts)
            if decision.action is Action.UPDATE:
                return replace(decision, draft=drafts)
        about = set(self.published.components)
        if about <= self.elsewhere.keys():
            return self._leave(f"The incident {self.elsewhere[min(about)]} is about it.")
        return self._leave(f"{named(held)} holds it open.")

    @property
    def _unread(self) -> str:
        unknown = self.situation.unknown(self.published)
        return ", ".join(sorted(str(account) for account in unknown))

    def _update(self, *, drafts: bool) -> Decision:
        before = self.published
        told = self._told(drafts=drafts)
        changed = {
            id_: status
            for id_, status in told.components.items()
            if status != before.components.get(id_)
        }
        impact = told.impact(before.impact)
        if not changed and (impact == before.impact or not before.impact):
            return self._leave("It tells what is so.")
        counted = worst_first(told.counted)
        return Decision(
            action=Action.UPDATE,
            reason=_reason(before, changed, impact, counted),
            components=told.components,
            changed=frozenset(changed),
            begins=any(before.components.get(id_, OPERATIONAL) == OPERATIONAL for id_ in changed),
            incident=before.id,
            group=before.group,
            impact=impact,
            notify=before.notify or any(one.policy.notify for one in counted),
            template=counted[0].policy.template if counted else before.template,
            causes=[one.alert for one in counted],
        )

    def _told(self, *, drafts: bool) -> "Told":
        told = Told()
        for id_, before in self.published.components.items():
            if id_ in self.elsewhere:
                told.components[id_] = before
            elif held := self.holding.get(id_):
                self._tell(told, id_, held, drafts=drafts)
            else:
                known = not self._unread and not self.situation.has_just_begun
                told.components[id_] = OPERATIONAL if known else before
                told.is_kept |= not known
        for one in self.joining:
            if drafts or not one.is_draft:
                told.components[one.component] = one.status
                told.counted += one.alerts
        return told

    def _tell(self, told: "Told", id_: str, held: Sequence[Held], *, drafts: bool) -> None:
        """What nobody confirmed keeps a component as it is: neither worse nor better."""
        before = self.published.components[id_]
        if before == OPERATIONAL:
            # It was well while others were not: what makes it bad has to last as at first.
            held, _ = ripened(id_, held, self.situation)
        counted = [
            one for one in held if one.alert.is_confirmed and (drafts or not one.policy.draft)
        ]
        status = worst(one.status for one in counted) if counted else before
        if len(counted) < len(held) or self._unread:
            status = max(status, before, key=rank)
            told.is_kept = True
        told.components[id_] = status
        told.counted += counted

    def _resolve(self) -> Decision:
        before = self.published
        return Decision(
            action=Action.RESOLVE,
            reason="No alert holds it open.",
            components=dict.fromkeys(before.components, OPERATIONAL),
            changed=frozenset(before.components),
            incident=before.id,
            group=before.group,
            impact=before.impact,
            notify=before.notify,
            draft=self.situation.rules.usual.draft,
            template=before.template,
        )

    def _leave(self, reason: str) -> Decision:
        before = self.published
        return Decision(
            action=Action.LEAVE,
            reason=reason,
            components=before.components,
            incident=before.id,
            group=before.group,
            impact=before.impact,
        )


@dataclass(slots=True)
class Told:
    """What an incident is to tell."""

    components: dict[str, str] = field(default_factory=dict)
    # The alerts that make it so.
    counted: list[Held] = field(default_factory=list)
    # Whether something is told as before, since it is not known.
    is_kept: bool = False

    def impact(self, before: str) -> str:
        """Return the impact that goes with it."""
        if not self.counted:
            return before
        impacts = [one.impact for one in self.counted]
        return worst_impact([*impacts, before] if self.is_kept else impacts)


def _reason(
    before: Published, changed: Mapping[str, str], impact: str, counted: Sequence[Held]
) -> str:
    if not changed:
        return f"The impact is {impact}, and it was {before.impact}."
    if all(status == OPERATIONAL for status in changed.values()):
        return f"No alert holds {', '.join(sorted(changed))}."
    was = worst(before.components.get(id_, OPERATIONAL) for id_ in changed)
    return f"{named(counted)} says {worst(changed.values())}, and it was {was}."
