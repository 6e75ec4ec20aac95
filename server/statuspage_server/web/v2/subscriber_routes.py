"""`/api/v2/subscribers.json`: following a page by program, as with the vendor.

Like the form it never tells whether an address is known. A subscription is known by the secret in
its notifications' links, since an id is shown to whoever may read the manage API.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import Field, ValidationError
from sqlalchemy import Connection

from statuspage_server.errors import NotFound, Unprocessable
from statuspage_server.manage.self_service import Wish, find_by_secret, follow, leave
from statuspage_server.shapes.pages import public_page
from statuspage_server.storage.components import list_components
from statuspage_server.storage.pages import find_page
from statuspage_server.web.attempts import count_attempt
from statuspage_server.web.bodies import read_body
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.faults import describe_faults
from statuspage_server.web.v1.body_types import Body, Id, Ids, Short
from statuspage_server.web.v1.subscribers import rules_of

router = APIRouter(tags=["public API"])

HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}


class FollowerFields(Body):
    email: Short | None = None
    endpoint: Annotated[str, Field(max_length=2048)] | None = None
    component_id: Id | None = None
    component_ids: Ids | None = None
    incident_id: Id | None = None

    @property
    def wish(self) -> Wish:
        one = [self.component_id] if self.component_id else []
        return Wish(
            email=(self.email or "").strip(),
            endpoint=(self.endpoint or "").strip(),
            component_ids=[*one, *(self.component_ids or ())],
            incident_id=self.incident_id or None,
        )


class FollowerBody(Body):
    subscriber: FollowerFields


@router.post("/pages/{page_id}/api/v2/subscribers.json", response_model=None)
async def subscribe(page_id: str, request: Request) -> JSONResponse:
    """Follow the page, some of its components or one incident, by mail or by webhook. Whoever has
    to confirm is sent a link; asking again sends it again."""
    wish = (await _read(request)).subscriber.wish
    count_attempt(request)
    runtime, rules = runtime_of(request), rules_of(request)
    now = runtime.clock()

    def work(connection: Connection) -> dict[str, Any]:
        follow(connection, page_id, wish, rules, now)
        page = public_page(find_page(connection, page_id), runtime.public_url)
        choice = bool(list_components(connection, page_id)) and wish.incident_id is None
        way = (
            {"mode": "webhook", "webhook": wish.endpoint}
            if wish.endpoint
            else {"mode": "email_sms", "email": wish.email}
        )
        return {"page": page, "can_select_components": choice, **way}

    return JSONResponse(await runtime.database.write(work), headers=HEADERS)


async def _read(request: Request) -> FollowerBody:
    raw = read_body(await request.body(), request.headers.get("content-type", ""))
    try:
        return FollowerBody.model_validate_json(raw or b"{}")
    except ValidationError as error:
        faults = [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]
        raise Unprocessable(*describe_faults(faults, {})) from error


@router.delete("/pages/{page_id}/api/v2/subscribers/{secret}.json", response_model=None)
async def unsubscribe(page_id: str, secret: str, request: Request) -> JSONResponse:
    """End a subscription: `secret` is what stands in the links of its notifications."""
    runtime = runtime_of(request)
    now = runtime.clock()

    def work(connection: Connection) -> None:
        if find_by_secret(connection, secret).page_id != page_id:
            raise NotFound
        leave(connection, secret, now)

    await runtime.database.write(work)
    return JSONResponse(content=True, headers=HEADERS)
