"""Who works here: signed in with an API key, known by a cookie, and safe from others' forms."""

import hashlib
import json
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from statuspage_server.core.author import Author, Source
from statuspage_server.errors import Forbidden, NotFound, NotSignedIn
from statuspage_server.storage.sessions import Session, find_session
from statuspage_server.web.bodies import read_body
from statuspage_server.web.dependencies import runtime_of

COOKIE = "statuspage-admin"


@dataclass(frozen=True, slots=True)
class Operator:
    session: Session
    form_token: str
    """In every form, since the cookie alone would come with forms of other sites as well."""

    @property
    def author(self) -> Author:
        return Author(Source.MANUAL, self.session.key_name)

    @property
    def may_write(self) -> bool:
        return not self.session.read_only


@dataclass(frozen=True, slots=True)
class Deed:
    """A form that an operator may send."""

    operator: Operator
    fields: dict[str, Any]

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        return value.strip() if isinstance(value, str) else ""

    def ids(self, name: str) -> list[str]:
        value = self.fields.get(name)
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


async def operator_of(request: Request) -> Operator:
    secret = request.cookies.get(COOKIE, "")
    runtime = runtime_of(request)
    now = runtime.clock()
    session = (
        await runtime.database.read(lambda c: find_session(c, secret, now)) if secret else None
    )
    if session is None:
        raise NotSignedIn
    return Operator(session, hashlib.sha256(f"form {secret}".encode()).hexdigest())


async def deed_of(request: Request) -> Deed:
    operator = await operator_of(request)
    fields = await read_fields(request)
    given = fields.pop("form_token", "")
    if not isinstance(given, str) or not compare_digest(
        given.encode(), operator.form_token.encode()
    ):
        raise Forbidden("This form is not from here, or too old: open it again")
    if not operator.may_write:
        raise Forbidden("This key may only read")
    return Deed(operator, fields)


async def read_fields(request: Request) -> dict[str, Any]:
    """Raises Forbidden for a form of another site."""
    if not _comes_from_here(request):
        raise Forbidden("This form is from another site")
    raw = await request.body()
    read = json.loads(read_body(raw, request.headers.get("content-type", "")) or "{}")
    return read if isinstance(read, dict) else {}


def _comes_from_here(request: Request) -> bool:
    """By what browsers say of where a form was; programs say nothing, and have no cookies."""
    origin = request.headers.get("origin")
    if origin is not None:
        # A proxy in front may ask under another name than the browser did.
        ours = {request.headers.get("host"), urlsplit(runtime_of(request).public_url).netloc}
        return urlsplit(origin).netloc in ours
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


async def to_sign_in(request: Request, _: Exception) -> Response:
    if request.method != "GET":
        return RedirectResponse("/admin/sign-in", 303)
    return RedirectResponse(f"/admin/sign-in?next={request.url.path}", 303)


def local_path(text: str) -> str:
    """Where to go after signing in: one of these pages, whatever a link says."""
    known = text.startswith("/admin") and "\\" not in text and not urlsplit(text).netloc
    return text if known else "/admin"


def page_or_404(page_id: str | None) -> str:
    if page_id is None:
        raise NotFound
    return page_id
