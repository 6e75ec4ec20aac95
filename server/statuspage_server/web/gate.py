"""What happens to every request to an API before its route: delays and failures made on purpose,
the check of its key and of the rate limit, and the reading of its body."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from statuspage_server.config.server import ServerConfig
from statuspage_server.errors import ApiError, StorageError
from statuspage_server.web.api_keys import ApiKeys, presented_key
from statuspage_server.web.bodies import read_body
from statuspage_server.web.dependencies import address_of
from statuspage_server.web.errors import answer_to, error_answer
from statuspage_server.web.nobl9.paths import is_nobl9

type Sleep = Callable[[float], Awaitable[None]]


class ApiGate:
    def __init__(
        self,
        app: ASGIApp,
        settings: Callable[[], ServerConfig],
        api_keys: Callable[[], ApiKeys],
        *,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._app = app
        self._settings = settings
        self._api_keys = api_keys
        self._sleep = sleep
        self._chance = chance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            await error_answer(400, "The address is not text")(scope, receive, send)
            return
        manage = scope["path"].startswith("/v1/")
        if manage or "/api/v2/" in scope["path"] or is_nobl9(scope["path"]):
            trouble = self._settings().trouble
            if trouble.latency:
                await self._sleep(trouble.latency)
            if trouble.failure_rate and self._chance() < trouble.failure_rate:
                await error_answer(500, "Made to fail by server.trouble")(scope, receive, send)
                return
        if not manage:
            await self._app(scope, receive, send)
            return
        try:
            receive = await self._authenticated(scope, receive)
        except (ApiError, StorageError) as error:
            await answer_to(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _authenticated(self, scope: Scope, receive: Receive) -> Receive:
        headers = Headers(scope=scope)
        query = parse_qs(scope["query_string"].decode("latin-1"))
        presented = presented_key(
            headers.get("authorization"), next(iter(query.get("api_key", ())), None)
        )
        settings = self._settings()
        key = await self._api_keys().check(
            presented,
            address_of(scope),
            scope["method"],
            settings.rate_limit,
            int(settings.rate_limit_status),
        )
        scope.setdefault("state", {})["api_key"] = key
        if scope["method"] == "GET":
            return receive
        raw = await Request(scope, receive).body()
        body = read_body(raw, headers.get("content-type", ""))
        changed = MutableHeaders(scope=scope)
        changed["content-type"] = "application/json"
        changed["content-length"] = str(len(body))
        return replayed(body, receive)


def replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
