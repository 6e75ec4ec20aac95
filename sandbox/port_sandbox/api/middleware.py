"""Around every request: a trace id on the answer, and the faults that a test asked for."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from secrets import token_hex

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from port_sandbox.core.faults import Fault
from port_sandbox.sandbox import Sandbox

type Sleep = Callable[[float], Awaitable[None]]

API = ("/v1/", "/ingest/")


class FaultMiddleware:
    """Wraps the endpoints, not the page."""

    def __init__(self, app: ASGIApp, sandbox: Sandbox, sleep: Sleep = asyncio.sleep) -> None:
        self._app = app
        self._sandbox = sandbox
        self._sleep = sleep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith(API):
            await self._app(scope, receive, send)
            return

        async def traced(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["x-trace-id"] = token_hex(8)
            await send(message)

        fault = None
        if self._sandbox.settings.faults:
            injected = self._sandbox.faults
            fault = injected.next_fault(f"{scope['method']} {scope['path']}")
            if injected.latency_ms:
                await self._sleep(injected.latency_ms / 1000)
        if fault is None:
            await self._app(scope, receive, traced)
        else:
            await _fail(fault, traced)


async def _fail(fault: Fault, send: Send) -> None:
    message = f"A fault was asked for: {fault.status}"
    body = json.dumps({"ok": False, "error": "internal_error", "message": message}).encode()
    headers = [(b"content-type", b"application/json")]
    if fault.retry_after is not None:
        headers.append((b"retry-after", fault.retry_after.encode()))
    await send({"type": "http.response.start", "status": fault.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
