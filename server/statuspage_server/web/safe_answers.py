"""What every answer tells a browser, unless it says something else itself."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DEFAULTS = {
    # An answer is what it says it is, and never a script because it looks like one.
    "X-Content-Type-Options": "nosniff",
    # Shown by itself it loads nothing, and no other site shows it in a frame.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class SafeAnswers:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in DEFAULTS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, safely)
