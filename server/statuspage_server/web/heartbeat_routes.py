"""`/refresh/<id>`: an item says that it is well; `/refresh/<id>/fail`: that it is not."""

import json

from fastapi import APIRouter, Request, Response

from statuspage_server.core.moments import Moment
from statuspage_server.errors import Forbidden
from statuspage_server.heartbeats.signals import Kind, Signal
from statuspage_server.web.dependencies import address_of, runtime_of
from statuspage_server.web.guesses import Guesses

router = APIRouter(tags=["heartbeats"])

MESSAGE_LENGTH = 1000
FAIL = "/fail"


@router.get("/refresh/{item_id:path}", response_model=None)
@router.post("/refresh/{item_id:path}", response_model=None)
async def refresh(item_id: str, request: Request) -> Response:
    """Refresh every item with this id, over all groups. `/fail` at the end reports a failure."""
    runtime = runtime_of(request)
    monitors = runtime.monitors
    # An id is free text, so one may end with these letters itself: then it is that item's beat.
    failed = item_id.endswith(FAIL) and not monitors.knows(item_id)
    if failed:
        item_id = item_id.removesuffix(FAIL)
    address, token = address_of(request.scope), _token(request)
    guesses: Guesses = request.app.state.guesses
    guesses.admit(address, token)
    authorized = monitors.authorize(item_id, token)
    guesses.note(address, token, right=authorized is not None)
    if authorized is None:
        raise Forbidden("The X-Token header is missing or wrong.")
    message = await _message(request) if failed else None
    now: Moment = runtime.clock()
    kind = Kind.FAIL if failed else Kind.SUCCESS
    signals = [
        # Here the message is for everyone, as README.md says.
        Signal(page.page_id, item_id, now, kind, message, public_message=message)
        for page in authorized
        if page.count
    ]
    if signals:
        await runtime.inbox.accept(signals)
    count = sum(page.count for page in authorized)
    # Spelled as the seed's server spelled it, space and charset included.
    body = json.dumps({"failed" if failed else "refreshed": count})
    return Response(body, media_type="application/json; charset=utf-8")


def _token(request: Request) -> str:
    """Headers are read as latin-1, and a token is UTF-8 in the file as in the shell."""
    return request.headers.get("x-token", "").encode("latin-1").decode("utf-8", "surrogateescape")


async def _message(request: Request) -> str | None:
    """What went wrong, from `?message=` or from the body as it is."""
    text = request.query_params.get("message") or (await request.body()).decode("utf-8", "replace")
    return text.replace("\x00", "").strip()[:MESSAGE_LENGTH] or None
