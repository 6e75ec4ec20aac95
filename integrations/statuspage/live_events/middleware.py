"""Turns away, before a body is read, what does not come from a subscription of ours."""

import logging
import time
from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from subscriptions.endpoint import proven_page

logger = logging.getLogger(__name__)

# Refused requests are worth a line so often, with their count.
A_LINE_EVERY = 60.0

# Where the page stands that a request's token was made for.
PROVEN_PAGE = "statuspage_proven_page"


class TokenMiddleware:
    """ASGI middleware before Ocean's route for one path."""

    def __init__(
        self,
        app: ASGIApp,
        path: str,
        secret: str,
        *,
        is_processed: bool = True,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._path = path
        self._secret = secret
        self._is_processed = is_processed
        self._now = now
        self._refused = 0
        self._told_at = float("-inf")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in what proves where it comes from, and every request that is for another path."""
        if scope["type"] != "http" or scope["path"] != self._path:
            await self._app(scope, receive, send)
            return
        answer: ASGIApp = self._app
        scope[PROVEN_PAGE] = proven_page(self._secret, scope["query_string"])
        if scope[PROVEN_PAGE] is None:
            self._count()
            answer = PlainTextResponse("wrong or missing token", HTTPStatus.UNAUTHORIZED)
        elif not self._is_processed:
            # Nobody empties Ocean's queue in this process.
            answer = PlainTextResponse("no webhooks here", HTTPStatus.NOT_FOUND)
        await answer(scope, receive, send)

    def _count(self) -> None:
        self._refused += 1
        if self._now() - self._told_at >= A_LINE_EVERY:
            logger.warning(
                "Webhook requests were refused, since their address lacks its token (%d)",
                self._refused,
            )
            self._refused, self._told_at = 0, self._now()


def page_proven_by(request: Request) -> str | None:
    """Return the page that a request, as it passed the middleware, may tell of."""
    page_id = request.scope.get(PROVEN_PAGE)
    return page_id if isinstance(page_id, str) else None
