"""What can be set for a source of another kind."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from statuspage_bridge.core.status import STATUSES
from statuspage_bridge.sources.authentication import Signature
from statuspage_bridge.sources.settings import Secret, Settings, SourceSettings, Texts
from statuspage_bridge.sources.severity import SEVERITIES

from .paths import Path


def _paths(value: Any) -> Any:
    written = [value] if isinstance(value, str) else value
    for one in written if isinstance(written, list) else ():
        Path.parse(str(one))
    return written


def _small(values: list[str]) -> list[str]:
    return [value.lower() for value in values]


def _statuses(given: dict[str, str]) -> dict[str, str]:
    for name, status in given.items():
        if status not in STATUSES:
            raise ValueError(f"{name} is {status}: it can be {', '.join(STATUSES)}")
    return {name.lower(): status for name, status in given.items()}


# One path, or several of which the first that leads to something counts.
type Paths = Annotated[list[str], BeforeValidator(_paths)]
type States = Annotated[Texts, AfterValidator(_small)]


class Mapping(Settings):
    """Where the fields are in what the source sends. What is not set is where it is documented."""

    # Where the alerts are, if there are several in a message: each path then begins at one.
    alerts: str | None = None
    id: Paths = Field(default_factory=lambda: ["id"])
    state: Paths = Field(default_factory=lambda: ["state"])
    components: Paths = Field(default_factory=lambda: ["components"])
    tags: Paths = Field(default_factory=lambda: ["tags"])
    title: Paths = Field(default_factory=lambda: ["title"])
    severity: Paths = Field(default_factory=lambda: ["severity"])
    priority: Paths = Field(default_factory=lambda: ["priority"])
    group: Paths = Field(default_factory=lambda: ["group"])
    started_at: Paths = Field(default_factory=lambda: ["started_at"])
    # What the rules see besides, and what `components` of the source fits as `name=value`.
    labels: dict[str, Paths] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _begins_at_alerts(self) -> Self:
        if self.alerts is not None:
            Path.parse(self.alerts)
        return self


class GenericSettings(SourceSettings):
    """One source. `components` fits an alert's id, title, tags, or labels as `job=api`."""

    PROOFS: ClassVar = {
        "token": "what it sends as bearer token or password",
        "signature": "the `header` with its HMAC-SHA256 and the `secret`",
    }

    type: Literal["generic"] = "generic"
    token: Secret | None = None
    signature: Signature | None = None
    mapping: Mapping | None = None
    # States in which an alert is open, or over. Any other changes nothing.
    open: States = Field(default_factory=lambda: ["open", "firing", "triggered", "down"])
    over: States = Field(default_factory=lambda: ["over", "resolved", "closed", "up"])
    severities: Annotated[dict[str, str], AfterValidator(_statuses)] = Field(
        default_factory=lambda: dict(SEVERITIES)
    )
