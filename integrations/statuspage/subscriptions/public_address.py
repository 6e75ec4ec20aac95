"""Whether Statuspage can reach an address of ours, as far as the address tells."""

import ipaddress
from urllib.parse import urlsplit

import httpx

UNREADABLE = "it cannot be read as an address"


def doubt(base_url: str) -> str | None:
    """Return why webhooks may never arrive at an address; None when nothing speaks against it."""
    try:
        # Both have to agree: one is stricter with brackets, the other with names.
        urlsplit(base_url)
        url = httpx.URL(base_url)
    except (httpx.InvalidURL, ValueError):
        return UNREADABLE
    if not url.host:
        return UNREADABLE
    if _is_private(url.host):
        return "it leads to this machine or its own network"
    if url.scheme != "https":
        return "it does not begin with https"
    return None


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal"))
