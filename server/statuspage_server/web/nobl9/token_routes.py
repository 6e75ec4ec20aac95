"""`/api/accessToken`: a token that is good for an hour, for the id and secret of a client."""

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from statuspage_server.core.window import RollingWindows
from statuspage_server.errors import RateLimited
from statuspage_server.storage.access_tokens import give_token
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.nobl9.common import REFUSAL, By, Scheme, nobl9_router, write
from statuspage_server.web.nobl9.paths import ACCESS_TOKEN

# https://docs.nobl9.com/api/access-token/generate-access-token: one request in three seconds.
EVERY_SECONDS = 3.0

router = nobl9_router(Scheme.BASIC, reads=True)


@router.post(ACCESS_TOKEN)
async def access_token(request: Request, by: By) -> JSONResponse:
    runtime = runtime_of(request)
    windows: RollingWindows = request.app.state.token_windows
    if runtime.config.server.rate_limit:
        # By the server's clock, so that all that has to do with time follows one.
        seconds = windows.wait(by.page_id, runtime.clock() / 1000, 1)
        if seconds:
            raise RateLimited(seconds, REFUSAL, "this organization")
    token: Any = await write(request, lambda c, now: give_token(c, by.key.id, now))
    return JSONResponse({"access_token": token})
