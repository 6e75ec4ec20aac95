"""What the operator decides about alerts and incidents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any

from .alert import Alert


class IncidentPer(StrEnum):
    """What gets an incident of its own."""

    COMPONENT = "component"
    # What the source sends together, with all of its components.
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What is done about one alert."""

    # An alert that lasts no longer is never public.
    opens_after: timedelta = timedelta(0)
    # An alert that comes back sooner was never over, so that nothing flaps in public.
    resolves_after: timedelta = timedelta(0)
    # Whether subscribers are told.
    notify: bool = False
    # Whether it is only proposed.
    draft: bool = False
    # Whether it is passed over: it opens nothing and holds nothing open.
    quiet: bool = False
    template: str = ""
    # What it says of its component and its incident, where that is not what the source says.
    status: str = ""
    impact: str = ""
    incident_per: IncidentPer = IncidentPer.COMPONENT


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Which alerts a rule is about: each field that is given has to fit.

    A field fits where one of its patterns does, in which `*` and `?` stand for anything.
    Components are ids.
    """

    source: Sequence[str] = ()
    account: Sequence[str] = ()
    severity: Sequence[str] = ()
    priority: Sequence[str] = ()
    status: Sequence[str] = ()
    component: Sequence[str] = ()
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def fits(self, alert: Alert) -> bool:
        """Tell whether an alert is meant."""
        return (
            _fits(alert.account.source, self.source)
            and _fits(alert.account.name, self.account)
            and _fits(alert.severity, self.severity)
            and _fits(alert.priority, self.priority)
            and _fits(alert.status, self.status)
            and (not self.component or alert.component in self.component)
            and all(
                name in alert.labels and _fits(alert.labels[name], patterns)
                for name, patterns in self.labels.items()
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Some alerts, and what of their policy is different, by the names of its fields."""

    when: When = field(default_factory=When)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for all alerts, and the rules for some: the first that fits wins."""

    usual: Policy = field(default_factory=Policy)
    rules: Sequence[Rule] = ()
    # For alerts that are pushed: a message that they are over can be lost for good.
    runs_out_after: timedelta = timedelta(hours=5)
    # Components for which nothing is opened: their ids.
    quiet: frozenset[str] = frozenset()
    # Incidents in any 60 minutes; what is more is told in a single one.
    most_an_hour: int | None = None

    def policy(self, alert: Alert) -> Policy:
        """Return what is done about an alert; for each setting, the first rule that has it."""
        policy = self.usual
        for rule in reversed(self.rules):
            if rule.when.fits(alert):
                policy = replace(policy, **rule.settings)
        return replace(policy, quiet=True) if alert.component in self.quiet else policy

    @property
    def longest_hold(self) -> timedelta:
        """How long an alert that is over can matter."""
        policies = [replace(self.usual, **rule.settings) for rule in self.rules]
        return max(one.resolves_after for one in [self.usual, *policies])

    @property
    def components(self) -> frozenset[str]:
        """All components that they name."""
        return self.quiet.union(*(rule.when.component for rule in self.rules))

    def located(self, ids: Mapping[str, str]) -> "Rules":
        """Return the rules with ids instead of what the operator calls components."""
        return replace(
            self,
            quiet=frozenset(_located(self.quiet, ids)),
            rules=[
                replace(one, when=replace(one.when, component=_located(one.when.component, ids)))
                for one in self.rules
            ],
        )


def _located(components: Iterable[str], ids: Mapping[str, str]) -> list[str]:
    # What is on no page stays, so that the rule fits nothing instead of everything.
    return [ids.get(one, one) for one in components]


def _fits(value: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(
        # A bracket is a part of what is meant: only * and ? stand for something else.
        fnmatchcase(value.casefold(), pattern.casefold().replace("[", "[[]"))
        for pattern in patterns
    )
