"""The form with which visitors follow a page, or one incident of it."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from statuspage_server.core.chat import SERVICES
from statuspage_server.core.ids import is_id
from statuspage_server.errors import NotFound, RateLimited, Unprocessable, sentences
from statuspage_server.languages import language_of
from statuspage_server.manage.self_service import Ways, Wish, follow
from statuspage_server.storage.incidents import find_incident_row
from statuspage_server.storage.pages import find_page
from statuspage_server.web.attempts import TOO_MANY, count_attempt
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.forms import one, read_form
from statuspage_server.web.site.frame import visit_of
from statuspage_server.web.subscription_views import Choice, read_choices, shown
from statuspage_server.web.v1.subscribers import rules_of

router = APIRouter(include_in_schema=False)

# The same for an address that is new, known, or was sent a link a minute ago.
NOBODY = "This page takes no subscribers."
DONE = "Thank you. If a confirmation is needed, a mail with a link is on its way to you."


@router.api_route("/subscribe", methods=["GET", "HEAD"])
@router.api_route("/pages/{page_id}/subscribe", methods=["GET", "HEAD"])
async def form(request: Request, page_id: str | None = None, incident: str = "") -> HTMLResponse:
    return await _form(request, page_id, incident)


@router.post("/subscribe")
@router.post("/pages/{page_id}/subscribe")
@router.post("/subscriptions/new-email")
@router.post("/pages/{page_id}/subscriptions/new-email")
async def send(request: Request, page_id: str | None = None) -> HTMLResponse:
    sent = await read_form(request)
    incident = one(sent, "incident", 12)
    page_id = _page_id(request, page_id)
    wish = Wish(
        email=one(sent, "email"),
        endpoint=one(sent, "endpoint"),
        component_ids=sent.get("component_ids", []),
        incident_id=incident or None,
    )
    runtime, rules = runtime_of(request), rules_of(request)
    now = runtime.clock()
    try:
        count_attempt(request)
        await runtime.database.write(lambda c: follow(c, page_id, wish, rules, now))
    except RateLimited as error:
        return await shown(request, page_id, "message.html", 429, error.headers, sentence=TOO_MANY)
    except Unprocessable as error:
        return await _form(request, page_id, incident, fault=sentences(error), wish=wish)
    return await shown(request, page_id, "message.html", sentence=DONE)


async def _form(
    request: Request,
    page_id: str | None,
    incident_id: str,
    *,
    fault: Sequence[str] = (),
    wish: Wish | None = None,
) -> HTMLResponse:
    page_id = _page_id(request, page_id)
    mail = runtime_of(request).config.server.mail is not None

    def read(connection: Connection) -> tuple[Ways, list[Choice], str | None]:
        page = find_page(connection, page_id)
        incident = find_incident_row(connection, page_id, incident_id).name if incident_id else None
        chosen = wish.component_ids if wish else ()
        choices = [] if incident_id else read_choices(connection, page_id, chosen)
        return Ways.of(page, mail=mail), choices, incident

    ways, choices, incident = await runtime_of(request).database.read(read)
    if not ways.any_for(incident=bool(incident_id)):
        return await shown(request, page_id, "message.html", sentence=NOBODY)
    return await shown(
        request,
        page_id,
        "subscribe.html",
        422 if fault else 200,
        ways=ways,
        mail=mail,
        services=_services(request, page_id),
        choices=choices,
        incident=incident,
        incident_id=incident_id,
        fault=fault,
        wish=wish,
    )


def _services(request: Request, page_id: str) -> str:
    """The chat services whose addresses are taken, as a list in the visitor's language."""
    runtime = runtime_of(request)
    own = runtime.config.server.webhooks.chat.services.values()
    names = [*(one.name for one in SERVICES), *dict.fromkeys(one.name for one in own)]
    return language_of(visit_of(page_id, request, runtime).language).any_of(names)


def _page_id(request: Request, page_id: str | None) -> str:
    found = page_id or runtime_of(request).monitors.default_page_id
    if found is None or not is_id(found):
        raise NotFound
    return found
