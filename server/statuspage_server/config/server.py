"""What stands below `server:`: how it is reached, where it keeps things, how it sends."""

from email.utils import parseaddr
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from statuspage_server.config.settings import Settings, Text, Token
from statuspage_server.core.addresses import check_email
from statuspage_server.core.chat import OwnServices, origin_of, own_services
from statuspage_server.errors import ServerError

type Share = Annotated[float, Field(ge=0, le=1)]


def _sender(text: str) -> str:
    address = parseaddr(text)[1]
    try:
        check_email(address)
    except ServerError as error:
        raise ValueError(f"{text[:80]!r} holds no mail address") from error
    return text


def _origin(text: str) -> str:
    origin = origin_of(text)
    if not origin or text.rstrip("/") != origin:
        raise ValueError("it is not the beginning of an address, such as https://chat.example.com")
    return origin


type Origin = Annotated[Text, AfterValidator(_origin)]


class OwnChat(Settings):
    """Chat services of the operator, whose webhook addresses visitors may subscribe."""

    mattermost: tuple[Origin, ...] = Field((), examples=["mattermost: [https://chat.example.com]"])
    rocket_chat: tuple[Origin, ...] = Field(
        (), examples=["rocket_chat: [https://chat.example.com]"]
    )

    @property
    def services(self) -> OwnServices:
        return own_services(self.mattermost, self.rocket_chat)


class WebhookConfig(Settings):
    chat: OwnChat = OwnChat()
    allow_private_addresses: bool = Field(default=False, examples=["allow_private_addresses: true"])
    require_confirmation: bool = Field(default=False, examples=["require_confirmation: true"])


class MailConfig(Settings):
    """The mail server that notifications go out through."""

    host: Text = Field(examples=["host: smtp.example.com"])
    port: Annotated[int, Field(ge=1, le=65535)] = Field(587, examples=["port: 587"])
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", examples=["security: starttls"]
    )
    username: Text | None = Field(None, examples=["username: status"])
    password: Token | None = Field(None, examples=["password: <the password>"])
    sender: Annotated[Text, AfterValidator(_sender)] = Field(
        examples=["sender: Our status <status@example.com>"]
    )


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
    mail: MailConfig | None = Field(
        None, examples=["mail: {host: smtp.example.com, sender: status@example.com}"]
    )
    webhooks: WebhookConfig = Field(
        WebhookConfig(), examples=["webhooks: {allow_private_addresses: true}"]
    )
    trouble: Trouble = Field(Trouble(), examples=["trouble: {latency: 0.2}"])
