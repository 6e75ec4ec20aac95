"""Signing in with an API key, and out again."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from statuspage_server.core.moments import SECOND
from statuspage_server.errors import RateLimited, Unauthenticated
from statuspage_server.storage.sessions import LASTS, begin_session, end_session
from statuspage_server.web.admin.session import (
    COOKIE,
    Operator,
    local_path,
    operator_of,
    page_or_404,
    read_fields,
)
from statuspage_server.web.api_keys import ApiKeys
from statuspage_server.web.dependencies import address_of, runtime_of
from statuspage_server.web.site.assets import ADMIN_STYLE
from statuspage_server.web.site.documents import remember_language
from statuspage_server.web.site.frame import frame_of_server
from statuspage_server.web.site.rendering import html_answer, render

router = APIRouter(include_in_schema=False)

WRONG = "This key is not known here, or it was revoked."
TOO_MANY = "Too many wrong keys were tried from your address. Wait a minute."


@router.get("/admin", response_model=None)
async def first_page(
    request: Request,
    _: Annotated[Operator, Depends(operator_of)],
) -> Response:
    page_id = page_or_404(runtime_of(request).monitors.default_page_id)
    return RedirectResponse(f"/admin/{page_id}", 303)


def _form(request: Request, then: str, fault: str | None = None, status: int = 200) -> Response:
    frame = frame_of_server(request, runtime_of(request))
    view = {"fault": fault, "then": then, "style": ADMIN_STYLE.address}
    answer = html_answer(render("admin/sign_in.html", frame, **view), status)
    remember_language(request, answer)
    return answer


@router.get("/admin/sign-in", response_model=None)
async def form(request: Request) -> Response:
    return _form(request, local_path(request.query_params.get("next", "")))


@router.post("/admin/sign-in", response_model=None)
async def sign_in(request: Request) -> Response:
    fields = await read_fields(request)
    key, then = str(fields.get("key", "")).strip(), local_path(str(fields.get("next", "")))
    keys: ApiKeys = request.app.state.api_keys
    try:
        known = await keys.check(key, address_of(request.scope), "GET", 0, 429)
    except Unauthenticated:
        return _form(request, then, WRONG, 403)
    except RateLimited:
        return _form(request, then, TOO_MANY, 429)
    runtime = runtime_of(request)
    now = runtime.clock()
    secret = await runtime.database.write(lambda c: begin_session(c, known.id, now))
    answer = RedirectResponse(then, 303)
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=LASTS // SECOND,
        path="/admin",
        httponly=True,
        secure=runtime.public_url.startswith("https:"),
        samesite="lax",
    )
    return answer


@router.post("/admin/sign-out", response_model=None)
async def sign_out(
    request: Request, operator: Annotated[Operator, Depends(operator_of)]
) -> Response:
    """Whoever may only read may leave, too."""
    await read_fields(request)
    digest = operator.session.digest
    await runtime_of(request).database.write(lambda c: end_session(c, digest))
    answer = RedirectResponse("/admin/sign-in", 303)
    answer.delete_cookie(COOKIE, path="/admin")
    return answer
