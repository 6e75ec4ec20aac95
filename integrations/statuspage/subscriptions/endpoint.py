"""Where a page's webhooks go, and by what a subscription is known as ours. No I/O.

Statuspage signs nothing, so the address proves itself: it carries the page's id and a token that
only this installation can make. The secret behind it is Port's, which every deployment has.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

import httpx

PATH = "/integration/webhook"
MARK, PAGE, TOKEN = "integration", "page", "token"
USUAL_PORTS = {"http": 80, "https": 443}

# Whatever else is made of the same secret, no other token is like this one.
LABEL = "statuspage webhook"

# Parameters in a query that is worth reading: ours has three.
MOST = 20


def mark_of(client_id: str, identifier: str) -> str:
    """Return the mark by which an installation knows its subscriptions again at a new address.

    A page may have subscriptions of several installations: one for staging, one for each Port
    organization. An identifier is unique within an organization only, and the client id belongs to
    one of them, so the two together are nobody else's.
    """
    return hashlib.sha256(f"{client_id}\n{identifier}".encode()).hexdigest()[:16]


def token(secret: str, page_id: str) -> str:
    """Return what the endpoint of a page's subscription carries; it fits no other page."""
    message = f"{LABEL}\n{page_id}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def proven_page(secret: str, query: bytes) -> str | None:
    """Return the page whose token a request's query carries, None when it carries none."""
    try:
        # Whatever bytes a stranger sends, this makes whole characters of them.
        carried = parse_qs(query.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST)
        [page_id], [given] = carried[PAGE], carried[TOKEN]
    except (KeyError, ValueError):
        return None
    # In a time that tells nothing.
    is_right = hmac.compare_digest(token(secret, page_id).encode(), given.encode())
    return page_id if is_right else None


@dataclass(frozen=True, slots=True)
class Installation:
    """This installation, as Statuspage sees it; without an address it only knows what it made."""

    mark: str
    base_url: str | None
    secret: str = field(repr=False)

    def endpoint(self, page_id: str) -> str:
        """Return where the page's webhooks are to go."""
        carried = {MARK: self.mark, PAGE: page_id, TOKEN: token(self.secret, page_id)}
        return f"{self._address()}?{urlencode(carried)}"

    def wants(self, page_id: str, endpoint: str) -> bool:
        """Tell whether a subscription goes where it should, however that is written."""
        return self.base_url is not None and _read(endpoint) == _read(self.endpoint(page_id))

    def made(self, endpoint: str) -> bool:
        """Tell whether a subscription is ours: by our mark, or since it leads to us.

        What leads to our own address and lacks our mark was made by version 0.2.98, or before the
        Port credentials were changed; nobody else can be reached there. The path alone proves
        nothing: all installations have the same.
        """
        if (address := _read(endpoint)) is None or not address.path.endswith(PATH):
            return False
        if (MARK, self.mark) in address.query:
            return True
        own = _read(self._address()) if self.base_url is not None else None
        return own is not None and (own.origin, own.path) == (address.origin, address.path)

    def _address(self) -> str:
        return f"{str(self.base_url).rstrip('/')}{PATH}"


@dataclass(frozen=True, slots=True)
class _Address:
    """An endpoint taken apart: how it was escaped, and the order of its query, do not matter."""

    origin: tuple[str, bytes, int | None, bytes]
    path: str
    query: tuple[tuple[str, str], ...]


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
