"""The door of the webhook's address: what need not come in is answered here.

Ocean takes any request, queues it without a bound and writes a dozen log lines for each. So
strangers and floods end here, at the cost of reading their body. Statuspage gives up an address
that answers ten times with an error, so whatever it may have sent is answered with 200.
"""

import functools
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .hints import hint_of
from .processors import Reception, token_in
from .refusals import Refusals
from .token import is_token

logger = logging.getLogger(__name__)

# An incident comes with its whole history: some kilobytes, and never so much.
MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a request that stays outside is answered."""

    status: HTTPStatus
    reason: str


IGNORED = Verdict(HTTPStatus.OK, "nothing new")
TOO_LARGE = Verdict(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
NO_JSON = Verdict(HTTPStatus.BAD_REQUEST, "this is not JSON")
NO_TOKEN = Verdict(HTTPStatus.UNAUTHORIZED, "the address lacks its token")


class Door:
    """ASGI middleware before Ocean's route for one path."""

    def __init__(
        self,
        app: ASGIApp,
        path: str,
        reception: Reception,
        is_open: Callable[[], bool],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._path = path
        self._reception = reception
        self._is_open = functools.cache(is_open)
        self._now = now
        self._refusals = Refusals()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in what brings news, and every request that is none of our business."""
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return
        verdict = TOO_LARGE if body is None else self._judge(body, request)
        if verdict is None:
            await self._app(scope, _replayed(body or b"", receive), send)
            return
        if verdict is not IGNORED and (count := self._refusals.count(verdict.reason, self._now())):
            logger.warning("Webhook requests were refused: %s (%d)", verdict.reason, count)
        await PlainTextResponse(verdict.reason, verdict.status)(scope, receive, send)

    def _judge(self, body: bytes, request: Request) -> Verdict | None:
        try:
            hint = hint_of(json.loads(body))
        except (ValueError, RecursionError):
            return NO_JSON
        if hint is None:
            return IGNORED
        secret = self._reception.secret
        if secret is not None and not is_token(secret, hint.page_id, token_in(request)):
            return NO_TOKEN
        if not self._is_open():
            return IGNORED
        return None if self._reception.desk().lets_in(hint) else IGNORED


async def _body(request: Request) -> bytes | None:
    """Read the body, None when it is longer than any real one."""
    parts, length = [], 0
    async for part in request.stream():
        parts.append(part)
        length += len(part)
        if length > MOST_BYTES:
            return None
    return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that begins with a body that was read already."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
