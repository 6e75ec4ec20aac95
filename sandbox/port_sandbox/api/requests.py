"""What every endpoint needs of a request."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import Response

from port_sandbox.catalog.writes import Options, Writer
from port_sandbox.core import datasource, tokens
from port_sandbox.core.json_types import Document
from port_sandbox.core.projection import projected
from port_sandbox.errors import Invalid, TooLarge
from port_sandbox.sandbox import Sandbox

# What Ocean calls an event that is not a resync.
LIVE = "http_request"
BODY_LIMIT = 1024 * 1024


class Json(Response):
    """JSON in which any string that came in can go out, half a surrogate pair too."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()


def answered(status: int = 200, **parts: Any) -> Json:
    """Return an answer in Port's shape."""
    return Json({"ok": True, **parts}, status)


async def the_sandbox(request: Request) -> Sandbox:
    sandbox: Sandbox = request.app.state.sandbox
    return sandbox


Served = Annotated[Sandbox, Depends(the_sandbox)]


async def the_client(request: Request, sandbox: Served) -> str:
    """Return who asks, or refuse who has no token."""
    header = request.headers.get("authorization")
    return tokens.client_of(header, sandbox.token_secret, sandbox.clock())


Client = Annotated[str, Depends(the_client)]


async def the_writer(request: Request, client: Client) -> Writer:
    """Return who writes, as the User-Agent names it; Ocean says what made it write."""
    agent = request.headers.get("user-agent")
    return Writer(
        datasource.writer_of(agent, client),
        datasource.datasource_of(agent),
        live=request.query_params.get("ocean_info_event_type") == LIVE,
    )


By = Annotated[Writer, Depends(the_writer)]


async def the_body(request: Request) -> Document:
    """Return the body, which is an object or nothing."""
    raw = await request.body()
    if len(raw) > BODY_LIMIT and request.url.path.startswith("/v1/"):
        raise TooLarge(f"The body must not have more than {BODY_LIMIT} bytes")
    if not raw:
        return {}
    try:
        body = json.loads(raw, parse_constant=_no_constant)
    except ValueError as error:
        raise Invalid("The body is not JSON") from error
    except RecursionError as error:
        raise Invalid("The body is nested too deeply") from error
    if not isinstance(body, dict):
        raise Invalid("body must be object")
    return body


Body = Annotated[Document, Depends(the_body)]


async def the_options(request: Request) -> Options:
    """Return how to upsert."""
    query = request.query_params

    def flag(name: str) -> bool:
        return query.get(name, "false").lower() == "true"

    return Options(
        upsert=flag("upsert"),
        merge=flag("merge"),
        create_missing_related_entities=flag("create_missing_related_entities"),
        validation_only=flag("validation_only"),
    )


How = Annotated[Options, Depends(the_options)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which parts of an entity are asked for."""

    include: list[str]
    exclude: list[str]

    def of(self, document: Document) -> Document:
        return projected(document, self.include, self.exclude)


async def the_parts(request: Request) -> Wanted:
    """Return which parts are asked for; both words may be said more than once."""
    query = request.query_params
    return Wanted(query.getlist("include"), query.getlist("exclude"))


Parts = Annotated[Wanted, Depends(the_parts)]


def text_of(body: Document, name: str) -> str:
    """Return a text that must be there."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Invalid(f'must have required property "{name}"')
    return value


def list_of(body: Document, name: str, check: Callable[[Any], bool], what: str) -> list[Any]:
    """Return a list that must be there, all of one kind."""
    value = body.get(name)
    if not isinstance(value, list) or not all(check(one) for one in value):
        raise Invalid(f'"{name}" must be an array of {what}')
    return value


def is_document(value: Any) -> bool:
    return isinstance(value, dict)


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def _no_constant(name: str) -> Any:
    raise ValueError(name)
