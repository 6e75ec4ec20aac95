"""The pages that people look at."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from statuspage_server.config.appearance import in_language
from statuspage_server.site.history import month_views, months_of_page
from statuspage_server.site.incidents import incident_view
from statuspage_server.site.markdown import as_html, as_text
from statuspage_server.site.pages import page_view
from statuspage_server.storage.incident_history import list_ended, oldest_end
from statuspage_server.storage.incidents import find_incident
from statuspage_server.web.site.documents import Desk, document_answer
from statuspage_server.web.site.reading import read_details, read_snapshot
from statuspage_server.web.site.rendering import render

router = APIRouter(tags=["page"], default_response_class=HTMLResponse)

# More than a hundred years.
MOST_PAGES = 400


@router.get("/pages/{page_id}", response_model=None)
async def index(page_id: str, request: Request) -> Response:
    def make(desk: Desk) -> bytes:
        snapshot = read_snapshot(desk.connection, desk.page, desk.now)
        language = desk.frame.language
        details = read_details(desk.connection, desk.monitors, page_id, desk.now, language)
        written = in_language(desk.config.appearance.about, language.code) if desk.config else None
        about = written or desk.page.settings.get("page_description")
        view = page_view(snapshot, details, as_html(about, 3) if about else None, desk.context)
        return render("index.html", desk.frame, view=view)

    return await document_answer(request, page_id, "index", make)


@router.get("/pages/{page_id}/incidents/{incident_id}", response_model=None)
async def incident(page_id: str, incident_id: str, request: Request) -> Response:
    def make(desk: Desk) -> bytes:
        found = find_incident(desk.connection, page_id, incident_id)
        newest = found.updates[0].body if found.updates else ""
        return render(
            "incident.html",
            desk.frame,
            incident=incident_view(found, desk.context),
            description=as_text(newest or ""),
        )

    return await document_answer(request, page_id, ("incident", incident_id), make)


@router.get("/pages/{page_id}/history", response_model=None)
async def history(page_id: str, request: Request, page: int = 1) -> Response:
    number = max(1, min(page, MOST_PAGES))

    def make(desk: Desk) -> bytes:
        context = desk.context
        months = months_of_page(number, context.date(desk.now))
        start, end = months[-1].bounds(context.zone)[0], months[0].bounds(context.zone)[1]
        ended = list_ended(desk.connection, page_id, start, end)
        oldest = oldest_end(desk.connection, page_id)
        return render(
            "history.html",
            desk.frame,
            months=month_views(months, ended, context),
            number=number,
            more=oldest is not None and oldest < start,
        )

    return await document_answer(request, page_id, ("history", number), make)
