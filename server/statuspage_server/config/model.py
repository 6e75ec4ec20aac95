"""The settings, as a reader of config.yml finds them. Examples are shown where a value is wrong."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from statuspage_server.config.appearance import Appearance
from statuspage_server.config.server import ServerConfig
from statuspage_server.config.settings import Settings, Text, Token
from statuspage_server.core.addresses import check_email
from statuspage_server.core.heartbeat import Timing
from statuspage_server.core.ids import is_id
from statuspage_server.core.moments import SECOND
from statuspage_server.core.schedule import Schedule, check_cron
from statuspage_server.core.spikes import SpikeRule
from statuspage_server.core.time_zones import find_zone
from statuspage_server.errors import ServerError

YEAR = 366 * 24 * 3600

# Addresses of the server itself and of the default page, which no page's path may hide.
RESERVED = frozenset(
    {
        *("admin", "api", "assets", "badge", "components", "embed", "health", "heartbeats"),
        *("history", "incidents", "logo", "maintenances", "pages", "ping", "refresh", "report"),
        *("sign-in", "subscribe", "subscriptions", "uptime", "v1"),
    }
)


def _zone_name(text: str) -> str:
    zone = find_zone(text)
    if zone is None:
        raise ValueError(f"{text!r} is not a time zone")
    return zone.key


def _page_id(text: str) -> str:
    if not is_id(text):
        raise ValueError(f"{text!r} is not twelve lower-case letters and digits")
    return text


def _path(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?", text) or text in RESERVED:
        raise ValueError(
            "a path has lower-case letters, digits and hyphens, and is none of the server's own"
        )
    return text


def _domain(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", text):
        raise ValueError("a domain is a lower-case host name without http:// and without a port")
    return text


def _cron(text: str) -> str:
    check_cron(text)
    return text


def _ping_id(text: str) -> str:
    if not (text.isascii() and text.replace("-", "").isalnum()):
        raise ValueError("it has more in it than letters, digits and hyphens")
    return text


def _alert_address(text: str) -> str:
    if "://" not in text:
        try:
            check_email(text)
        except ServerError as error:
            raise ValueError("it is neither a mail address nor has it a :// in it") from error
    return text


type Seconds = Annotated[int, Field(ge=1, le=YEAR)]
type OptionalSeconds = Annotated[int, Field(ge=0, le=YEAR)]
type ZoneName = Annotated[str, AfterValidator(_zone_name)]
type LanguageCode = Literal["en", "de", "fr", "es", "pt", "ja"]
type PageId = Annotated[str, AfterValidator(_page_id)]


# Whoever knows it may speak for the item, so it is not to be guessed.
type PingId = Annotated[str, Field(min_length=16, max_length=64), AfterValidator(_ping_id)]


class ItemConfig(Settings):
    name: Text = Field(examples=["name: DNS"])
    id: Text = Field(examples=["id: dns"])
    interval: Seconds | None = Field(None, examples=["interval: 60"])
    grace: OptionalSeconds | None = Field(None, examples=["grace: 120"])
    schedule: Annotated[Text, AfterValidator(_cron)] | None = Field(
        None, examples=['schedule: "0 2 * * *"']
    )
    time_zone: ZoneName | None = Field(None, examples=["time_zone: Europe/Berlin"])
    run_time: Seconds | None = Field(None, examples=["run_time: 1800"])
    token: Token | None = Field(None, examples=["token: <a token of its own>"])
    ping_id: PingId | None = Field(None, examples=["ping_id: <a UUID of its own>"])
    description: Text | None = Field(None, examples=["description: Resolves our names"])

    @model_validator(mode="after")
    def _is_expected_one_way(self) -> Self:
        if self.schedule is not None and self.interval is not None:
            raise ValueError("interval and schedule are both there. Keep one of them")
        return self


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


class DisruptionDetection(Settings):
    """Many reports of one component in a short time make it degraded, and open an incident."""

    enabled: bool = Field(default=False, examples=["enabled: true"])
    reports: Annotated[int, Field(ge=1, le=1000)] = Field(5, examples=["reports: 5"])
    alerts: Annotated[int, Field(ge=1, le=1000)] = Field(2, examples=["alerts: 2"])
    seconds: Annotated[int, Field(ge=1, le=86_400)] = Field(300, examples=["seconds: 300"])
    name: Text = Field("Problems with {component}", examples=['name: "{component} is slow"'])
    body: Text = Field(
        "Several problems were reported in a short time. We are looking into it.",
        examples=["body: We are looking into it."],
    )
    clear_after: OptionalSeconds = Field(0, examples=["clear_after: 1800"])
    cleared_body: Text = Field(
        "Nothing more was reported.", examples=["cleared_body: It works again."]
    )
    deliver_notifications: bool = Field(default=True, examples=["deliver_notifications: false"])

    @property
    def rule(self) -> SpikeRule:
        return SpikeRule(self.reports, self.alerts, self.seconds * SECOND)


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
    disruption_detection: DisruptionDetection = Field(
        DisruptionDetection(), examples=["disruption_detection: {enabled: true}"]
    )
    path: Annotated[str, AfterValidator(_path)] | None = Field(None, examples=["path: europe"])
    domain: Annotated[str, AfterValidator(_domain)] | None = Field(
        None, examples=["domain: status.example.com"]
    )
    password: Token | None = Field(None, examples=["password: <what visitors have to know>"])
    language: LanguageCode = Field("en", examples=["language: de"])
    appearance: Appearance = Field(Appearance(), examples=["appearance: {logo: logo.svg}"])
    alerts: tuple[Annotated[Text, AfterValidator(_alert_address)], ...] = Field(
        (), examples=["alerts: [ops@example.com, https://hooks.slack.com/services/...]"]
    )
    problem_reports: bool = Field(default=False, examples=["problem_reports: true"])
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
            schedule=self._schedule(item),
            run_time=item.run_time,
        )

    def _schedule(self, item: ItemConfig) -> Schedule | None:
        if item.schedule is None:
            return None
        return Schedule(item.schedule, item.time_zone or self.time_zone or "UTC")


class Config(Settings):
    statuspage: PageConfig = Field(examples=["statuspage:"])
    pages: dict[Text, PageConfig] = Field(
        default_factory=dict, examples=["pages: {internal: {title: Internal, token: <token>}}"]
    )
    server: ServerConfig = Field(ServerConfig(), examples=["server: {port: 8080}"])

    def all_pages(self) -> dict[str, PageConfig]:
        """Every page by the name it keeps in the database; the default page's is empty."""
        return {"": self.statuspage, **self.pages}
