"""A page with a password shows nothing without it: no HTML, no API, no feed, no badge.

People sign in with a form and keep a cookie; programs send the password by HTTP Basic, with any
name. The cookie is made from the password alone, so every instance knows it and a change of the
password ends it.
"""

import hashlib
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Awaitable, Callable
from functools import lru_cache
from hmac import compare_digest

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from statuspage_server.core.tokens import matches
from statuspage_server.errors import RateLimited
from statuspage_server.heartbeats.monitors import Monitors
from statuspage_server.web.dependencies import address_of
from statuspage_server.web.guesses import Guesses

# Without these nobody could sign in.
OPEN_TO_ALL = frozenset({"sign-in", "style.css", "logo"})

type Refusal = Callable[[Request, str], Awaitable[Response]]


@lru_cache(maxsize=64)
def pass_of(page_id: str, password: str) -> str:
    """Slow to make on purpose: whoever sees a cookie cannot try passwords against it."""
    made = hashlib.scrypt(password.encode(), salt=page_id.encode(), n=2**14, r=8, p=1)
    return made.hex()


def cookie_name(page_id: str) -> str:
    return f"statuspage-{page_id}"


class PrivatePages:
    """Stands before the routes, so that no new one below a page's address can be forgotten."""

    def __init__(
        self,
        app: ASGIApp,
        monitors: Callable[[], Monitors],
        guesses: Callable[[], Guesses],
        refuse: Refusal,
    ) -> None:
        self._app = app
        self._monitors = monitors
        self._guesses = guesses
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page_id = _guarded_page(scope)
        page = self._monitors().page(page_id) if page_id else None
        password = page.config.password if page else None
        if page_id is None or password is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        if _has_pass(request, page_id, password) or self._knows(request, password):
            await self._app(scope, receive, _unshared(send))
            return
        await (await self._refuse(request, page_id))(scope, receive, send)

    def _knows(self, request: Request, password: str) -> bool:
        given = _basic_password(request.headers.get("authorization", ""))
        if given is None:
            return False
        try:
            return is_password(given, password, address_of(request.scope), self._guesses())
        except RateLimited:
            return False


def is_password(given: str, password: str, address: str, guesses: Guesses) -> bool:
    """Wrong ones are counted by address. Raises RateLimited."""
    guesses.admit(address, given)
    right = matches(given, [password])
    guesses.note(address, given, right=right)
    return right


def _unshared(send: Send) -> Send:
    """No cache between the server and the one who asked may keep an answer for others."""

    async def send_unshared(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Cache-Control"] = "private, no-cache"
        await send(message)

    return send_unshared


def _guarded_page(scope: Scope) -> str | None:
    if scope["type"] != "http" or not scope["path"].startswith("/pages/"):
        return None
    page_id, _, rest = scope["path"].removeprefix("/pages/").partition("/")
    return None if rest in OPEN_TO_ALL else page_id


def _has_pass(request: Request, page_id: str, password: str) -> bool:
    given = request.cookies.get(cookie_name(page_id), "")
    return bool(given) and compare_digest(given.encode(), pass_of(page_id, password).encode())


def _basic_password(header: str) -> str | None:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return b64decode(rest, validate=True).decode().partition(":")[2]
    except (NotBase64, UnicodeDecodeError):
        return None
