"""What a route gets from the running server."""

from fastapi import Request
from starlette.types import Scope

from statuspage_server.runtime import Runtime


def address_of(scope: Scope) -> str:
    """Who asks; behind a proxy on this machine, whom the proxy says."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def runtime_of(request: Request) -> Runtime:
    runtime = request.app.state.runtime
    assert isinstance(runtime, Runtime)  # noqa: S101 - put there by create_app
    return runtime
