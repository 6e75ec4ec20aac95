"""`/ping/<secret>`: each item's own address, with the signals that users of Healthchecks know."""

import uuid

from fastapi import APIRouter, Request, Response

from statuspage_server.errors import BadRequest, NotFound
from statuspage_server.heartbeats.items import find_item
from statuspage_server.heartbeats.signals import Kind, Signal
from statuspage_server.web.dependencies import runtime_of

router = APIRouter(include_in_schema=False)

METHODS = ["GET", "HEAD", "POST"]
# Of what a job prints; longer ones are cut.
BODY_LIMIT = 10_000
HEADERS = {"Access-Control-Allow-Origin": "*", "Ping-Body-Limit": str(BODY_LIMIT)}
WORDS = {"start": Kind.START, "fail": Kind.FAIL, "log": Kind.LOG}


@router.api_route("/ping/{secret}", methods=METHODS)
async def ping(secret: str, request: Request) -> Response:
    return await _accept(secret, Kind.SUCCESS, None, request)


@router.api_route("/ping/{secret}/{said}", methods=METHODS)
async def say(secret: str, said: str, request: Request) -> Response:
    """`start`, `fail`, `log`, or the exit code of what ran: 0 is a success."""
    if said in WORDS:
        return await _accept(secret, WORDS[said], None, request)
    if not (said.isascii() and said.isdigit() and int(said[:4]) <= 255):
        raise NotFound
    code = int(said)
    return await _accept(secret, Kind.FAIL if code else Kind.SUCCESS, code, request)


async def _accept(secret: str, kind: Kind, exit_code: int | None, request: Request) -> Response:
    runtime = runtime_of(request)
    # Asked each time, so that an address that was renewed ends at once.
    found = await runtime.database.read(lambda connection: find_item(connection, secret))
    if found is None or not _is_watched(request, *found):
        raise NotFound
    page_id, item_id = found
    signal = Signal(
        page_id,
        item_id,
        runtime.clock(),
        kind,
        message=await _body(request),
        exit_code=exit_code,
        run_id=_run_id(request.query_params.get("rid")),
    )
    await runtime.inbox.accept([signal])
    return Response("OK", media_type="text/plain", headers=HEADERS)


def _is_watched(request: Request, page_id: str, item_id: str) -> bool:
    page = runtime_of(request).monitors.page(page_id)
    return page is not None and item_id in page.by_item


def _run_id(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return str(uuid.UUID(text))
    except ValueError as error:
        raise BadRequest("The rid of a run is a UUID") from error


async def _body(request: Request) -> str | None:
    """For the operator alone: what a job prints may be anything."""
    if request.method != "POST":
        return None
    text = (await request.body())[:BODY_LIMIT].decode("utf-8", "replace")
    return text.replace("\x00", "").strip() or None
