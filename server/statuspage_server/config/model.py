"""The settings, as a reader of config.yml finds them. Examples are shown where a value is wrong."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from statuspage_server.core.heartbeat import Timing
from statuspage_server.core.ids import is_id
from statuspage_server.core.time_zones import find_zone

YEAR = 366 * 24 * 3600


def _zone_name(text: str) -> str:
    zone = find_zone(text)
    if zone is None:
        raise ValueError(f"{text!r} is not a time zone")
    return zone.key


def _page_id(text: str) -> str:
    if not is_id(text):
        raise ValueError(f"{text!r} is not twelve lower-case letters and digits")
    return text


type Text = Annotated[str, Field(min_length=1, max_length=255)]
type Token = Annotated[str, Field(min_length=1, max_length=1024)]
type Seconds = Annotated[int, Field(ge=1, le=YEAR)]
type OptionalSeconds = Annotated[int, Field(ge=0, le=YEAR)]
type ZoneName = Annotated[str, AfterValidator(_zone_name)]
type PageId = Annotated[str, AfterValidator(_page_id)]
type Share = Annotated[float, Field(ge=0, le=1)]


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemConfig(Settings):
    name: Text = Field(examples=["name: DNS"])
    id: Text = Field(examples=["id: dns"])
    interval: Seconds | None = Field(None, examples=["interval: 60"])
    grace: OptionalSeconds | None = Field(None, examples=["grace: 120"])
    token: Token | None = Field(None, examples=["token: <a token of its own>"])
    description: Text | None = Field(None, examples=["description: Resolves our names"])


class LateIncidents(Settings):
    """An item that stays silent past its grace opens an incident, and resolves it on return."""

    enabled: bool = Field(default=False, examples=["enabled: true"])
    name: Text = Field("{item} is not responding", examples=['name: "{item} is down"'])
    body: Text = Field(
        "No heartbeat has arrived in time. We are looking into it.",
        examples=["body: We are looking into it."],
    )
    resolved_body: Text = Field("Heartbeats arrive again.", examples=["resolved_body: It is back."])
    deliver_notifications: bool = Field(default=True, examples=["deliver_notifications: false"])


class PageConfig(Settings):
    id: PageId | None = Field(None, examples=["id: 8m2l51279rpl"])
    title: Text = Field("Status", examples=["title: Our status"])
    token: Token | None = Field(None, examples=["token: <64 letters and digits>"])
    tokens: tuple[Token, ...] = Field((), examples=["tokens: [<the new one>, <the old one>]"])
    interval: Seconds = Field(600, examples=["interval: 600"])
    grace: OptionalSeconds = Field(0, examples=["grace: 60"])
    refresh_interval: Seconds = Field(120, examples=["refresh_interval: 120"])
    time_zone: ZoneName | None = Field(None, examples=["time_zone: Europe/Berlin"])
    late_incidents: LateIncidents = Field(
        LateIncidents(), examples=["late_incidents: {enabled: true}"]
    )
    groups: dict[Text, tuple[ItemConfig, ...]] = Field(
        default_factory=dict, examples=["groups: {Website: [{name: Shop, id: shop}]}"]
    )

    @model_validator(mode="after")
    def _has_a_token(self) -> Self:
        if self.token is None and not self.tokens:
            raise ValueError("token is missing")
        return self

    @property
    def all_tokens(self) -> tuple[str, ...]:
        return self.tokens if self.token is None else (self.token, *self.tokens)

    def timing(self, item: ItemConfig) -> Timing:
        return Timing(
            interval=self.interval if item.interval is None else item.interval,
            grace=self.grace if item.grace is None else item.grace,
        )


class WebhookConfig(Settings):
    allow_private_addresses: bool = Field(default=False, examples=["allow_private_addresses: true"])
    require_confirmation: bool = Field(default=False, examples=["require_confirmation: true"])


class Trouble(Settings):
    """Delays and failures made on purpose, for testing clients. Off by default."""

    latency: Annotated[float, Field(ge=0, le=60)] = Field(0, examples=["latency: 0.2"])
    failure_rate: Share = Field(0, examples=["failure_rate: 0.05"])


class ServerConfig(Settings):
    host: Text = Field("0.0.0.0", examples=["host: 127.0.0.1"])  # noqa: S104 - a page is for all
    port: Annotated[int, Field(ge=0, le=65535)] = Field(8080, examples=["port: 8080"])
    database: Text = Field(
        "sqlite:///statuspage.db", examples=["database: sqlite:///statuspage.db"]
    )
    public_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+")] | None = Field(
        None, examples=["public_url: https://status.example.com"]
    )
    rate_limit: Annotated[int, Field(ge=0, le=1_000_000)] = Field(60, examples=["rate_limit: 60"])
    rate_limit_status: Literal["420", "429"] = Field("420", examples=["rate_limit_status: 429"])
    max_body_bytes: Annotated[int, Field(ge=1024, le=2**30)] = Field(
        1024 * 1024, examples=["max_body_bytes: 1048576"]
    )
    webhooks: WebhookConfig = Field(
        WebhookConfig(), examples=["webhooks: {allow_private_addresses: true}"]
    )
    trouble: Trouble = Field(Trouble(), examples=["trouble: {latency: 0.2}"])


class Config(Settings):
    statuspage: PageConfig = Field(examples=["statuspage:"])
    pages: dict[Text, PageConfig] = Field(
        default_factory=dict, examples=["pages: {internal: {title: Internal, token: <token>}}"]
    )
    server: ServerConfig = Field(ServerConfig(), examples=["server: {port: 8080}"])

    def all_pages(self) -> dict[str, PageConfig]:
        """Every page by the name it keeps in the database; the default page's is empty."""
        return {"": self.statuspage, **self.pages}
