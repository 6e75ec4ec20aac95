"""For load balancers and container platforms: may this instance be sent requests?"""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import text

from statuspage_server.errors import StorageError
from statuspage_server.web.dependencies import runtime_of

router = APIRouter(tags=["health"])


@router.get("/health", response_model=None)
async def health(request: Request) -> Response:
    runtime = runtime_of(request)
    try:
        await runtime.database.read(lambda connection: connection.execute(text("SELECT 1")))
    except StorageError:
        readable = False
    else:
        readable = True
    well = readable and runtime.database.failing is None
    return JSONResponse(
        {
            "status": "ok" if well else "failing",
            "database": "ok" if well else "failing",
            "config": runtime.state_of_config,
        },
        200 if well else 503,
    )
