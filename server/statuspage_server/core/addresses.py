"""Which addresses notifications may go to: never into the operator's own network by accident."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from statuspage_server.errors import Unprocessable

_NAT64 = IPv6Network("64:ff9b::/96")
# One plain address: nothing that could be a second one, or a header of its own.
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f]{1,64}@[A-Za-z0-9.-]{1,253}")
LONGEST_EMAIL = 254
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


def is_public(address: str) -> bool:
    """Whether an IP address is out on the internet, wrapped IPv4 addresses looked into."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = inner or ip
    return ip.is_global and not ip.is_multicast


def neighbourhood(address: str) -> str:
    """One home or machine has a whole /64 of IPv6 addresses."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(int(ip) >> 64) if isinstance(ip, IPv6Address) and not ip.ipv4_mapped else str(ip)


def check_endpoint(url: str, *, allow_private: bool) -> None:
    """What can be told from a webhook's address alone; names are looked up when it is sent to."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise Unprocessable("Endpoint is not a valid URL") from error
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host or not _is_ascii(url):
        raise Unprocessable("Endpoint must be an absolute http or https URL")
    if not _can_be_reached(host) or parts.port == 0:
        raise Unprocessable("Endpoint names a host that cannot exist")
    if not allow_private and _is_private(parts):
        raise Unprocessable(
            "Endpoint must not be a private or loopback address (a setting can allow it)"
        )


def _can_be_reached(host: str) -> bool:
    """Whether it is an IP address, or has the form of a name (RFC 1123, and `_` as seen)."""
    try:
        ip_address(host)
    except ValueError:
        labels = host.removesuffix(".").split(".")
        # Numbers at the end are for IP addresses, of which this is none that all agree on.
        return (
            len(host) <= 253
            and all(map(_LABEL.fullmatch, labels))
            and re.match(r"(\d+|0x[0-9a-f]*)$", labels[-1]) is None
        )
    return True


def _is_ascii(url: str) -> bool:
    return url.isascii() and url.isprintable() and " " not in url


def _is_private(parts: SplitResult) -> bool:
    host = (parts.hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(host)
    except ValueError:
        return False


def check_email(text: str) -> None:
    domain = text.rpartition("@")[2]
    fits = text.isascii() and len(text) <= LONGEST_EMAIL and _EMAIL.fullmatch(text)
    if not fits or ".." in text or domain.startswith((".", "-")) or domain.endswith((".", "-")):
        raise Unprocessable("Email is invalid")


def masked_email(text: str) -> str:
    """Enough for its owner to know it again, and for nobody else to write to it."""
    name, _, domain = text.partition("@")
    return f"{name[:1]}***@{domain}"
