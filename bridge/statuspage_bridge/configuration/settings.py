"""Everything that can be set, by the names that the configuration file has for it."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from statuspage import DEFAULT_HOST

from statuspage_bridge.core.rules import Rules
from statuspage_bridge.sources import AnySource
from statuspage_bridge.sources.settings import Address, Secret
from statuspage_bridge.sources.settings import Settings as Model
from statuspage_bridge.templates import Templates
from statuspage_bridge.texts import Texts

from .lengths import Length
from .rules import Choices, RuleSettings

DEFAULT = "default"
PORT_API = "https://api.port.io"

SHORTEST = timedelta(seconds=10)

type Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
type Place = tuple[str | int, ...]


def _not_too_often(every: timedelta) -> timedelta:
    if every < SHORTEST:
        raise ValueError("it is 10s at least")
    return every


class WebhookSettings(Model):
    """Where drafts are posted as JSON. The address may be a secret."""

    url: Secret
    token: Secret | None = None


class PortSettings(Model):
    """The action in Port that is run for each draft of an incident."""

    action: Text
    client_id: Text
    client_secret: Secret
    api: Address = PORT_API


class DraftSettings(Model):
    """Where drafts are proposed, besides the log."""

    webhook: WebhookSettings | None = None
    port: PortSettings | None = None


class Nobl9Settings(Model):
    """A status page of Nobl9, in the place of `page`, `key` and `host`."""

    organization: Text
    client_id: Text
    client_secret: Secret
    url: Address = "https://app.nobl9.com"
    api: Literal["auto", "v1", "v2"] = "auto"
    # Whether a status is handed on to what is above the component (v1; v2 does it by itself).
    propagate: bool = True


class Settings(Model):
    """Everything. `templates` may have a `default`; each other has what it lacks from there."""

    page: Text
    key: Secret | None = None
    nobl9: Nobl9Settings | None = None
    host: Address = DEFAULT_HOST
    # Opens `GET /plan`.
    token: Secret | None = None
    every: Annotated[Length, AfterValidator(_not_too_often)] = timedelta(minutes=3)
    runs_out_after: Length = Rules().runs_out_after
    most_an_hour: Annotated[int, Field(ge=1)] | None = None
    quiet: list[Text] = Field(default_factory=list)
    dry_run: bool = False
    # Where what is remembered is kept, such as sqlite:///bridge.db; it may hold a password.
    state: Secret | None = None
    record_kept: Length = timedelta(days=30)
    defaults: Choices = Field(default_factory=Choices)
    rules: list[RuleSettings] = Field(default_factory=list)
    templates: dict[str, Texts] = Field(default_factory=dict)
    drafts: DraftSettings = Field(default_factory=DraftSettings)
    sources: Annotated[list[AnySource], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _has_a_page(cls, given: object) -> object:
        """What the bridge remembers belongs to a page, also where that is an organization's."""
        nobl9 = given.get("nobl9") if isinstance(given, dict) else None
        if isinstance(given, dict) and isinstance(nobl9, dict) and "page" not in given:
            return {**given, "page": f"nobl9/{nobl9.get('organization')}"}
        return given

    def state_address(self) -> str | None:
        """Return where what is remembered is kept, with what opens it."""
        return self.state.get_secret_value() if self.state is not None else None

    def as_rules(self) -> Rules:
        """Return what the plan is made by."""
        return Rules(
            usual=self.defaults.policy(),
            rules=[one.rule() for one in self.rules],
            runs_out_after=self.runs_out_after,
            quiet=frozenset(self.quiet),
            most_an_hour=self.most_an_hour,
        )

    def as_templates(self) -> Templates:
        """Return what texts are written with."""
        usual = self.templates.get(DEFAULT, Texts())
        return Templates(usual, {name: one.over(usual) for name, one in self.templates.items()})

    def contradictions(self) -> Iterator[tuple[Place, str]]:
        """Tell what is fine by itself and does not go together, each with its place."""
        if self.nobl9 is None and self.key is None:
            yield ("key",), "it is missing"
        if self.nobl9 is not None and self.key is not None:
            yield ("key",), "it goes with a page of Statuspage, and `nobl9` is there"
        usual = self.defaults.template
        wanted: list[tuple[Place, str | None]] = [(("defaults", "template"), usual)]
        for number, rule in enumerate(self.rules):
            wanted.append((("rules", number, "template"), rule.template))
            if not rule.chosen():
                yield ("rules", number), "it sets nothing"
        known = {DEFAULT, *self.templates}
        for place, name in wanted:
            if name is not None and name not in known:
                near = get_close_matches(name, known, n=1)
                meant = f": do you mean `{near[0]}`?" if near else ""
                yield place, f"there is no template `{name}`{meant}"
        accounts = Counter(one.account for one in self.sources)
        for number, one in enumerate(self.sources):
            if accounts[one.account] > 1:
                yield ("sources", number, "name"), f"{one.account} is there more than once"
