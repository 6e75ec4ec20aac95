"""Every address of the manage API also works with `.json` at its end."""

from starlette.types import ASGIApp, Receive, Scope, Send


class JsonSuffix:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/v1/"):
            scope = {**scope, "path": scope["path"].removesuffix(".json")}
        await self._app(scope, receive, send)
