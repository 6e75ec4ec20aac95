"""The form that a private page shows to whoever does not know its password yet."""

from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from statuspage_server.errors import NotFound, RateLimited
from statuspage_server.storage.pages import find_page
from statuspage_server.web.dependencies import address_of, runtime_of
from statuspage_server.web.errors import wants_html
from statuspage_server.web.guesses import Guesses
from statuspage_server.web.site.access import cookie_name, is_password, pass_of
from statuspage_server.web.site.frame import config_of, frame_for, visit_of
from statuspage_server.web.site.rendering import html_answer, render

router = APIRouter(tags=["page"], include_in_schema=False)

MONTH_SECONDS = 30 * 24 * 3600

WRONG = "This is not the password."
TOO_MANY = "Too many wrong passwords. Try again in a minute."


async def ask_for_password(request: Request, page_id: str) -> Response:
    if not wants_html(request):
        return JSONResponse(
            {"error": "This page is private: send its password by HTTP Basic, with any name."},
            401,
            headers={"WWW-Authenticate": 'Basic realm="status page"', "Cache-Control": "no-store"},
        )
    return await _form(request, page_id, None, 403)


async def _form(request: Request, page_id: str, fault: str | None, status: int) -> Response:
    runtime = runtime_of(request)
    page = await runtime.database.read(lambda connection: find_page(connection, page_id))
    frame = frame_for(page, config_of(page_id, runtime), visit_of(page_id, request, runtime))
    return html_answer(render("sign_in.html", frame, fault=fault), status)


@router.get("/pages/{page_id}/sign-in", response_model=None)
async def form(page_id: str, request: Request) -> Response:
    config = config_of(page_id, runtime_of(request))
    if config is None or config.password is None:
        raise NotFound
    return await _form(request, page_id, None, 200)


@router.post("/pages/{page_id}/sign-in", response_model=None)
async def sign_in(page_id: str, request: Request) -> Response:
    runtime = runtime_of(request)
    config = config_of(page_id, runtime)
    if config is None or config.password is None:
        raise NotFound
    given = parse_qs((await request.body()).decode("utf-8", "replace")).get("password", [""])[0]
    guesses: Guesses = request.app.state.guesses
    try:
        right = is_password(given, config.password, address_of(request.scope), guesses)
    except RateLimited:
        return await _form(request, page_id, TOO_MANY, 429)
    if not right:
        return await _form(request, page_id, WRONG, 403)
    visit = visit_of(page_id, request, runtime)
    answer = RedirectResponse(visit.base or "/", 303)
    answer.set_cookie(
        cookie_name(page_id),
        pass_of(page_id, config.password),
        max_age=MONTH_SECONDS,
        httponly=True,
        secure=visit.site_url.startswith("https:"),
        samesite="lax",
    )
    return answer
