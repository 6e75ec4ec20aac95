"""What the routes of the Nobl9 API share: who asks, of which page, and how faults are answered."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response, Security
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.security import HTTPBasic, HTTPBearer
from sqlalchemy import Connection

from statuspage_server.core.author import Author, Source
from statuspage_server.core.moments import Moment
from statuspage_server.errors import BadRequest, Unauthenticated, Unprocessable
from statuspage_server.storage.keys import ApiKey
from statuspage_server.storage.pages import find_organization
from statuspage_server.web.api_keys import ApiKeys
from statuspage_server.web.bodies import read_body
from statuspage_server.web.dependencies import address_of, runtime_of
from statuspage_server.web.faults import describe_faults
from statuspage_server.web.gate import replayed

REFUSAL = 429
type Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Scheme(Enum):
    BASIC = "basic"
    BEARER = "bearer"


class _DocumentedBasic(HTTPBasic):
    """FastAPI's own refuses names that are not ASCII, even where it should refuse nothing."""

    async def __call__(self, request: Request) -> None:  # type: ignore[override]
        pass


# Only for the document: the route has checked them before its body was read.
_documented = {
    Scheme.BASIC: _DocumentedBasic(
        auto_error=False, description="Name or id of an API key, and the key as password."
    ),
    Scheme.BEARER: HTTPBearer(
        auto_error=False, description="An access token, or the API key itself."
    ),
}


def _documented_organization(
    organization: Annotated[
        str, Header(description="A page: its id, its name in config.yml, subdomain, path or title.")
    ] = "",
) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose key it is, and the page that the header `Organization` names."""

    key: ApiKey
    page_id: str

    def author(self, source: Source = Source.MANUAL) -> Author:
        return Author(source, self.key.name)


def nobl9_router(scheme: Scheme, *, reads: bool = False, prefix: str = "") -> APIRouter:
    """`reads` where nothing is changed even by POST, so that a read-only key will do."""

    class Route(APIRoute):
        """Nobl9 answers any fault of a request with 400."""

        def get_route_handler(self) -> Handler:
            handle = super().get_route_handler()

            async def answer(request: Request) -> Response:
                request.state.caller = await _caller(request, scheme, reads=reads)
                try:
                    return await handle(await _checked(request))
                except RequestValidationError as error:
                    raise BadRequest(describe_faults(error.errors(), error.body)) from error
                except Unprocessable as error:
                    raise BadRequest(error.error) from error

            return answer

    return APIRouter(
        prefix=prefix,
        tags=["nobl9"],
        route_class=Route,
        dependencies=[Security(_documented[scheme]), Depends(_documented_organization)],
        # Said here, or the document would promise the 422 of other routes.
        responses={"4XX": {"description": "What is wrong, in one sentence or several."}},
    )


async def _caller(request: Request, scheme: Scheme, *, reads: bool) -> Caller:
    keys: ApiKeys = request.app.state.api_keys
    name, secret = _credentials(request.headers.get("authorization", ""), scheme)
    key = await keys.check(
        secret,
        address_of(request.scope),
        "GET" if reads else request.method,
        runtime_of(request).config.server.rate_limit,
        REFUSAL,
        bearer=scheme is Scheme.BEARER,
    )
    if scheme is Scheme.BASIC and name not in {key.id, key.name}:
        raise Unauthenticated("Client id and client secret do not belong together")
    return Caller(key, await _page_of(request))


def _credentials(header: str, scheme: Scheme) -> tuple[str, str]:
    given, _, rest = header.strip().partition(" ")
    if given.lower() != scheme.value:
        raise Unauthenticated(
            "Send a client id and secret by HTTP Basic"
            if scheme is Scheme.BASIC
            else "Send an access token as bearer"
        )
    if scheme is Scheme.BEARER:
        return "", rest.strip()
    try:
        name, _, secret = b64decode(rest, validate=True).decode().partition(":")
    except (NotBase64, ValueError):
        raise Unauthenticated from None
    return name, secret


async def _page_of(request: Request) -> str:
    name = request.headers.get("organization", "").strip()
    if not name:
        raise BadRequest("Name a page of this server in the header Organization")
    monitors = runtime_of(request).monitors
    by_path = (page.page_id for page in monitors.pages if page.config.path == name)
    page_id = next(by_path, None) or await runtime_of(request).database.read(
        lambda connection: find_organization(connection, name)
    )
    if page_id is None:
        raise Unauthenticated("No page of this server is called what the header Organization says")
    return page_id


async def _checked(request: Request) -> Request:
    """The request with a body that any database can keep, whatever its content type says."""
    if request.method == "GET":
        return request
    raw = await request.body()
    body = read_body(raw, "application/json")
    headers = [pair for pair in request.scope["headers"] if pair[0] not in _BODY_HEADERS]
    headers += [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    return Request({**request.scope, "headers": headers}, replayed(body, request.receive))


_BODY_HEADERS = frozenset({b"content-type", b"content-length"})


def _caller_of(request: Request) -> Caller:
    caller = request.state.caller
    assert isinstance(caller, Caller)  # noqa: S101 - put there by the route
    return caller


type By = Annotated[Caller, Depends(_caller_of)]


async def read[T](request: Request, work: Callable[[Connection], T]) -> T:
    return await runtime_of(request).database.read(work)


async def write[T](request: Request, work: Callable[[Connection, Moment], T]) -> T:
    runtime = runtime_of(request)
    now = runtime.clock()
    return await runtime.database.write(lambda connection: work(connection, now))
