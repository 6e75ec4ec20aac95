"""Documents of a page, each made once for its language and address and kept until it changes."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from sqlalchemy import Connection, Row

from statuspage_server.config.model import PageConfig
from statuspage_server.core.moments import Moment
from statuspage_server.heartbeats.monitors import Monitors
from statuspage_server.languages import LANGUAGES
from statuspage_server.site.context import Context
from statuspage_server.storage.pages import find_page
from statuspage_server.web.answers import answer_with
from statuspage_server.web.cache import DocumentCache, Recipe
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.site.frame import (
    LOCALE_COOKIE,
    Frame,
    config_of,
    context_for,
    frame_for,
    visit_of,
)
from statuspage_server.web.site.reading import page_version
from statuspage_server.web.site.rendering import HEADERS, HTML

YEAR_SECONDS = 31_536_000


@dataclass(frozen=True, slots=True)
class Desk:
    """What a document is made from."""

    connection: Connection
    page: Row[Any]
    config: PageConfig | None
    monitors: Monitors
    frame: Frame
    now: Moment
    public_url: str

    @property
    def context(self) -> Context:
        return context_for(self.frame, self.now)


type Making = Callable[[Desk], bytes]


async def document_answer(
    request: Request,
    page_id: str,
    name: Hashable,
    make: Making,
    media_type: str = HTML,
    headers: Mapping[str, str] = HEADERS,
) -> Response:
    """`name` tells this document from the page's others. `make` raises NotFound."""
    runtime = runtime_of(request)
    visit, config = visit_of(page_id, request, runtime), config_of(page_id, runtime)
    monitors = runtime.monitors

    def work(connection: Connection) -> bytes:
        page = find_page(connection, page_id)
        frame = frame_for(page, config, visit)
        now = runtime.clock()
        return make(Desk(connection, page, config, monitors, frame, now, runtime.public_url))

    documents: DocumentCache = request.app.state.documents
    document = await documents.get(
        Recipe(
            key=("site", visit, name, runtime.edits),
            version=lambda connection: page_version(connection, page_id, runtime.clock()),
            make=work,
        )
    )
    answer = answer_with(document, request, media_type, headers)
    remember_language(request, answer)
    return answer


def remember_language(request: Request, answer: Response) -> None:
    chosen = request.query_params.get("locale")
    if chosen in LANGUAGES:
        answer.set_cookie(
            LOCALE_COOKIE, str(chosen), max_age=YEAR_SECONDS, httponly=True, samesite="lax"
        )
