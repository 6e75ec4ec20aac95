"""What is allowed and still not wise, as sentences for the operator."""

from collections.abc import Iterator
from ipaddress import ip_address

from statuspage_server.config.model import Config

SHORT = 16
SAMPLE = "change-me-before-anyone-else-can-reach-this-server"
MAKE_ONE = "Make one with: head -c 1000 /dev/urandom | sha512sum | cut -c 1-64"


def advise(config: Config, host: str) -> list[str]:
    """Weak tokens, unless no other machine can reach the server."""
    if _is_loopback(host):
        return []
    return [
        f"Whoever reaches the server can guess the token of {owner}: {why}. {MAKE_ONE}"
        for owner, token in _tokens(config)
        if (why := _weakness(token))
    ]


def _tokens(config: Config) -> Iterator[tuple[str, str]]:
    for name, page in config.all_pages().items():
        owner = f"pages.{name}" if name else "statuspage"
        yield from ((owner, token) for token in page.all_tokens)
        for items in page.groups.values():
            yield from ((f"{owner}, item {item.id}", item.token) for item in items if item.token)


def _weakness(token: str) -> str | None:
    if token == SAMPLE:
        return "it is the sample's"
    if len(token) < SHORT:
        return f"it has fewer than {SHORT} characters"
    return None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
