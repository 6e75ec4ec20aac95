"""A body that is too large is refused before it fills the memory."""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from statuspage_server.errors import TooLarge
from statuspage_server.web.errors import answer_to


class BodyLimit:
    """With any method: a GET may have a body too, and a heartbeat reads it."""

    def __init__(self, app: ASGIApp, limit: Callable[[], int]) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit()
        error = TooLarge(f"The body is larger than {limit} bytes.")
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > limit:
            await answer_to(error)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise error  # whoever reads the body answers with it
            return message

        await self._app(scope, counted, send)
