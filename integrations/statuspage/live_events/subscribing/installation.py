"""By what a subscription is known as ours: its endpoint, and the proofs that it carries. No I/O."""

import hashlib
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from live_events.token import is_token, token

PATH = "/integration/webhook"
MARK = "integration"
TOKEN = "token"  # noqa: S105 (the name of a parameter)
USUAL_PORTS = {"http": 80, "https": 443}


def mark_of(client_id: str, identifier: str) -> str:
    """Return the mark by which an installation knows its subscriptions again.

    A page may have subscriptions of several installations: one for staging, one for each Port
    organization. An identifier is unique within an organization only, and the client id belongs to
    one of them, so the two together are nobody else's. The mark survives a new address and a new
    secret, and tells a stranger neither of the two.
    """
    return hashlib.sha256(f"{client_id}\n{identifier}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Installation:
    """This installation, as Statuspage sees it; without an address it only knows what it made."""

    mark: str
    base_url: str | None
    secret: str | None = field(repr=False)

    def endpoint(self, page_id: str) -> str:
        """Return where the page's webhooks are to go."""
        carried = {MARK: self.mark}
        if self.secret is not None:
            carried[TOKEN] = token(self.secret, page_id)
        return f"{str(self.base_url).rstrip('/')}{PATH}?{urlencode(carried)}"

    def wants(self, page_id: str, endpoint: str) -> bool:
        """Tell whether a subscription goes where it should, however that is written."""
        return self.base_url is not None and _read(endpoint) == _read(self.endpoint(page_id))

    def made(self, page_id: str, endpoint: str) -> bool:
        """Tell whether a subscription is provably ours, now or before a change of settings.

        The proofs are our mark, our token, or our own address without anybody's mark, as version
        0.2.98 subscribed. The path alone proves nothing: all installations have the same.
        """
        if (address := _read(endpoint)) is None or not address.path.endswith(PATH):
            return False
        marks, tokens = address.carried(MARK), address.carried(TOKEN)
        if marks:
            return self.mark in marks
        if self.secret is not None and any(is_token(self.secret, page_id, one) for one in tokens):
            return True
        own = _read(self.endpoint(page_id)) if self.base_url is not None else None
        return own is not None and (own.origin, own.path) == (address.origin, address.path)


@dataclass(frozen=True, slots=True)
class _Address:
    """An endpoint taken apart: how it was escaped, and the order of its query, do not matter."""

    origin: tuple[str, bytes, int | None, bytes]
    path: str
    query: tuple[tuple[str, str], ...]

    def carried(self, name: str) -> list[str]:
        return [value for key, value in self.query if key == name]


def _read(endpoint: str) -> _Address | None:
    try:
        url = httpx.URL(endpoint.strip())
        return _Address(
            (url.scheme, url.raw_host, url.port or USUAL_PORTS.get(url.scheme), url.userinfo),
            url.path.rstrip("/"),
            tuple(sorted(url.params.multi_items())),
        )
    except (httpx.InvalidURL, ValueError):
        return None
