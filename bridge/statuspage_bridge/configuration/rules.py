"""The rules of the configuration file."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from statuspage_bridge.core.rules import IncidentPer, Policy, Rule, When
from statuspage_bridge.sources.settings import Settings
from statuspage_bridge.texts import ComponentStatus

from .lengths import Length


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str | int) else value


type Patterns = Annotated[list[str], BeforeValidator(_as_list), Field(min_length=1)]
type Impact = Literal["none", "minor", "major", "critical"]


class Choices(Settings):
    """What can be chosen for all alerts, and by a rule for some."""

    opens_after: Length | None = None
    resolves_after: Length | None = None
    notify: bool | None = None
    draft: bool | None = None
    template: str | None = None
    incident_per: IncidentPer | None = None

    def chosen(self) -> dict[str, object]:
        """Return what was chosen, by the names that a policy has for it."""
        return {
            name: value
            for name in Policy.__dataclass_fields__
            if (value := getattr(self, name, None)) is not None
        }

    def policy(self) -> Policy:
        """Return the policy of an alert that no rule is about."""
        return Policy(**self.chosen())  # type: ignore[arg-type]


class WhenSettings(Settings):
    """Which alerts are meant: every field that is given has to fit."""

    source: Patterns = Field(default_factory=list)
    account: Patterns = Field(default_factory=list)
    severity: Patterns = Field(default_factory=list)
    priority: Patterns = Field(default_factory=list)
    status: Patterns = Field(default_factory=list)
    component: Patterns = Field(default_factory=list)
    labels: dict[str, Patterns] = Field(default_factory=dict)


class RuleSettings(Choices):
    """Some alerts, and what is different for them."""

    when: WhenSettings = Field(default_factory=WhenSettings)
    status: ComponentStatus | None = None
    impact: Impact | None = None
    quiet: bool | None = None

    def rule(self) -> Rule:
        """Return the rule."""
        return Rule(when=When(**dict(self.when)), settings=self.chosen())
