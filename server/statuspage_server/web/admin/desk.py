"""What every page for operators has around its content."""

from dataclasses import dataclass, replace
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection, Row

from statuspage_server.core.moments import Moment
from statuspage_server.errors import NotFound, Unprocessable, sentences
from statuspage_server.languages import Language, language_of
from statuspage_server.site.context import Context
from statuspage_server.storage.pages import list_pages
from statuspage_server.web.admin.session import Operator
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.site.assets import ADMIN_STYLE
from statuspage_server.web.site.documents import remember_language
from statuspage_server.web.site.frame import (
    Frame,
    Visit,
    config_of,
    context_for,
    frame_for,
    locale_of,
)
from statuspage_server.web.site.rendering import html_answer, render

# What the last form did, told on the page that it leads to.
DONE = {
    "published": "Published.",
    "deleted": "Deleted.",
    "draft": "The draft is saved. Nobody but you sees it.",
    "postmortem": "The postmortem is published.",
    "reverted": "The postmortem is no longer public. The draft is kept.",
    "components": "The components are set.",
    "template": "The template is kept.",
    "removed": "The template is deleted.",
    "subscribed": "The subscriber is added.",
    "unsubscribed": "The subscriber gets nothing more.",
    "reactivated": "The subscriber is told again from now on.",
    "resent": "The link is on its way.",
    "paused": "Nobody waits for it until it is resumed or heard.",
    "resumed": "It is waited for again.",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of the server, and who works on it."""

    operator: Operator
    page: Row[Any]
    pages: tuple[Row[Any], ...]
    frame: Frame
    context: Context
    now: Moment
    takes_reports: bool
    page_language: Language
    """What visitors read where their browsers wish nothing else: ready texts are in it."""

    @property
    def page_id(self) -> str:
        return str(self.page.id)

    @property
    def base(self) -> str:
        return f"/admin/{self.page.id}"


async def desk_for(request: Request, operator: Operator, page_id: str) -> Desk:
    runtime = runtime_of(request)
    now = runtime.clock()
    pages = tuple(await runtime.database.read(list_pages))
    page = next((one for one in pages if one.id == page_id), None)
    if page is None:
        raise NotFound
    config = config_of(page_id, runtime)
    base = f"/pages/{page_id}"
    language = locale_of(request, runtime.monitors.page(page_id))
    visit = Visit(page_id, base, language, f"{runtime.public_url}{base}")
    made = frame_for(page, config, visit)
    frame = replace(
        made,
        has_feeds=False,
        takes_followers=False,
        takes_reports=False,
        hidden_from_search=True,
        header=None,
        footer=(),
    )
    context = context_for(frame, now)
    reports = config is not None and config.problem_reports
    own = language_of(config.language if config else "en")
    return Desk(operator, page, pages, frame, context, now, reports, own)


def shown(
    request: Request, desk: Desk, template: str, status: int = 200, **view: object
) -> Response:
    body = render(
        f"admin/{template}",
        desk.frame,
        desk=desk,
        style=ADMIN_STYLE.address,
        may_write=desk.operator.may_write,
        form_token=desk.operator.form_token,
        done=DONE.get(request.query_params.get("done", "")),
        **view,
    )
    answer = html_answer(body, status)
    remember_language(request, answer)
    return answer


def led_to(address: str, done: str) -> Response:
    return RedirectResponse(f"{address}?done={done}", 303)


type Faults = list[str]


async def write(request: Request, work: Any) -> Faults:
    """Runs `work` with a connection and the time of the request; what it refuses is returned."""
    runtime = runtime_of(request)
    now = runtime.clock()

    def run(connection: Connection) -> None:
        work(connection, now)

    try:
        await runtime.database.write(run)
    except Unprocessable as error:
        return sentences(error)
    return []
