"""Chat services that are told through a webhook address which they gave out themselves.

Only services at hosts of their own, and hosts that the operator runs and names: an address says
where requests go, so it may not lead anywhere else. Their addresses are secrets, and whoever knows
one may write to that channel.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urlsplit

from statuspage_server.errors import Unprocessable


@dataclass(frozen=True, slots=True)
class Service:
    name: str
    mode: str
    """As the vendor calls the channel; what it has no name for is an integration partner."""
    hosts: tuple[str, ...]
    """A host, or with a dot in front every host below it."""
    path: str
    keys: frozenset[str] = frozenset()
    """What may stand in the query; the rest could tell the sender how to send."""


SERVICES = (
    Service("Slack", "slack", ("hooks.slack.com", "hooks.slack-gov.com"), "/services/"),
    Service(
        "Microsoft Teams",
        "teams",
        (".logic.azure.com", ".logic.azure.us", ".api.powerplatform.com"),
        "/",
        frozenset({"api-version", "sp", "sv", "sig"}),
    ),
    Service("Discord", "integration_partner", ("discord.com", "discordapp.com"), "/api/webhooks/"),
    Service(
        "Google Chat",
        "integration_partner",
        ("chat.googleapis.com",),
        "/v1/spaces/",
        frozenset({"key", "token"}),
    ),
    Service(
        "Webex",
        "integration_partner",
        ("webexapis.com", "api.ciscospark.com"),
        "/v1/webhooks/incoming/",
    ),
)
CHAT_MODES = ("slack", "teams", "integration_partner")


@dataclass(frozen=True, slots=True)
class OwnService:
    """A service that the operator runs. Apprise has an address form of its own for each."""

    name: str
    schemes: Mapping[str, str]
    path: re.Pattern[str]
    form: str
    mode: str = "integration_partner"


MATTERMOST = OwnService(
    "Mattermost",
    MappingProxyType({"https": "mmosts", "http": "mmost"}),
    re.compile(r"/hooks/(?P<token>[a-z0-9]{20,40})"),
    "{scheme}://{host}/{token}",
)
ROCKET_CHAT = OwnService(
    "Rocket.Chat",
    MappingProxyType({"https": "rockets", "http": "rocket"}),
    re.compile(r"/hooks/(?P<token>[A-Za-z0-9]{10,40}/[A-Za-z0-9]{20,90})"),
    "{scheme}://{token}@{host}?mode=webhook",
)
type OwnServices = Mapping[str, OwnService]
"""By the beginning of their addresses: `https://chat.example.com`."""

NO_OWN: OwnServices = MappingProxyType({})


def own_services(mattermost: Iterable[str], rocket_chat: Iterable[str]) -> OwnServices:
    return {**dict.fromkeys(mattermost, MATTERMOST), **dict.fromkeys(rocket_chat, ROCKET_CHAT)}


def origin_of(url: str) -> str:
    """Scheme, host and port of an address; empty for what is none."""
    try:
        parts = urlsplit(url.strip())
        given = parts.port
    except ValueError:
        return ""
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    if usual is None or not parts.hostname or parts.username is not None:
        return ""
    port = "" if given in {None, usual} else f":{given}"
    return f"{parts.scheme}://{parts.hostname}{port}"


def chat_service(url: str, own: OwnServices = NO_OWN) -> Service | OwnService | None:
    """The service at whose host this is; None for a webhook of someone's own."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return None
    if (origin := origin_of(url)) in own:
        return own[origin]
    for service in SERVICES:
        if any(host == one or (one[0] == "." and host.endswith(one)) for one in service.hosts):
            return service
    return None


def chat_address(url: str, service: Service | OwnService) -> str:
    """The address in the form in which it is kept. Raises Unprocessable."""
    parts = urlsplit(url.strip())
    if isinstance(service, OwnService):
        if parts.query or parts.fragment or not service.path.fullmatch(parts.path):
            raise Unprocessable("Endpoint is not a webhook address of this chat service")
        return f"{origin_of(url)}{parts.path}"
    try:
        wrong = not url.isascii() or parts.username or parts.port not in {None, 443}
    except ValueError:
        wrong = True
    if wrong or parts.scheme != "https" or not parts.path.startswith(service.path):
        raise Unprocessable("Endpoint is not a webhook address of this chat service")
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key in service.keys]
    query = f"?{urlencode(kept)}" if kept else ""
    return f"https://{parts.hostname}{parts.path}{query}"


def sending_address(address: str, own: OwnServices) -> str | None:
    """Where the sender writes to; None where the operator has taken that host away."""
    service = chat_service(address, own)
    if not isinstance(service, OwnService):
        return None if service is None else address
    parts = urlsplit(address)
    found = service.path.fullmatch(parts.path)
    if found is None:
        return None
    scheme = service.schemes[parts.scheme]
    return service.form.format(scheme=scheme, host=parts.netloc, token=found["token"])
