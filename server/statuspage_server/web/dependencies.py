"""What a route gets from the running server."""

from fastapi import Request

from statuspage_server.runtime import Runtime


def runtime_of(request: Request) -> Runtime:
    runtime = request.app.state.runtime
    assert isinstance(runtime, Runtime)  # noqa: S101 - put there by create_app
    return runtime
