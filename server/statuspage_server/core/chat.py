"""Chat services that are told through a webhook address which they gave out themselves.

Only services at hosts of their own: an address says where requests go, so it may not lead anywhere
else. Their addresses are secrets, and whoever knows one may write to that channel.
"""

from dataclasses import dataclass
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


def chat_service(url: str) -> Service | None:
    """The service at whose host this is; None for a webhook of someone's own."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return None
    for service in SERVICES:
        if any(host == one or (one[0] == "." and host.endswith(one)) for one in service.hosts):
            return service
    return None


def chat_address(url: str, service: Service) -> str:
    """The address in the form in which it is kept. Raises Unprocessable."""
    parts = urlsplit(url.strip())
    try:
        wrong = not url.isascii() or parts.username or parts.port not in {None, 443}
    except ValueError:
        wrong = True
    if wrong or parts.scheme != "https" or not parts.path.startswith(service.path):
        raise Unprocessable(f"Endpoint is not a webhook address of {service.name}")
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key in service.keys]
    query = f"?{urlencode(kept)}" if kept else ""
    return f"https://{parts.hostname}{parts.path}{query}"
