"""The page: the catalog, for looking at."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from port_sandbox.api.requests import Served
from port_sandbox.core.graph_layout import WIDTH, drawn, ordered
from port_sandbox.core.json_types import Document
from port_sandbox.errors import NotFound
from port_sandbox.page import dashboard as dashboards
from port_sandbox.page import run_view, startable
from port_sandbox.page.entity_view import history_of, pointed_at, points_at, values_of
from port_sandbox.page.rendering import rendered
from port_sandbox.page.resync_view import latest, wishes
from port_sandbox.page.scorecard_view import cards
from port_sandbox.page.table import table_of
from port_sandbox.page.table_query import AT, enum_filters, table_query
from port_sandbox.page.widgets.readings import Readings
from port_sandbox.sandbox import Sandbox

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(request: Request, sandbox: Served, dashboard: str = "") -> HTMLResponse:
    """Show the first dashboard, or the one that is asked for; the catalog where there is none."""
    pages = dashboards.dashboards(sandbox)
    chosen = [one for one in pages if dashboard in {"", one["identifier"]}]
    if not chosen:
        return await catalog(request, sandbox)
    return rendered(
        request,
        "dashboard.html",
        board=dashboards.dashboard(sandbox, chosen[0]),
        pages=pages,
        resyncs=latest(sandbox, 1),
        integrations=wishes(sandbox),
    )


@router.get("/catalog")
async def catalog(request: Request, sandbox: Served) -> HTMLResponse:
    """Show the blueprints, the last resync and the last changes."""
    blueprints = ordered(sandbox.catalog.blueprints())
    counts = {one["identifier"]: sandbox.catalog.count(one["identifier"]) for one in blueprints}
    return rendered(
        request,
        "catalog.html",
        blueprints=blueprints,
        counts=counts,
        titles={one["identifier"]: one["title"] for one in blueprints},
        resyncs=latest(sandbox, 1),
        integrations=sandbox.integrations.documents.all(),
        changes=sandbox.history.latest(12),
        address=str(request.base_url).rstrip("/"),
    )


@router.get("/blueprint")
async def blueprint(request: Request, sandbox: Served, blueprint: str) -> HTMLResponse:
    document = sandbox.reads.blueprint(blueprint)
    query = table_query(request.query_params, document)
    widget: Document = {}
    if query.widget:
        widget = _widget(sandbox, query.widget)
        found = Readings(sandbox).matching(blueprint, widget.get("dataset"))
        query = replace(query, only=tuple(one.identifier for one in found))
    return rendered(
        request,
        "blueprint.html",
        blueprint=document,
        table=table_of(sandbox.tables, sandbox.reads, document, query, sandbox.clock()),
        total=sandbox.catalog.count(blueprint),
        query=query,
        filters=enum_filters(document),
        widget=widget,
        ends=[_end(sandbox, document, *one) for one in query.ends.items()],
        scorecards=sandbox.scorecards.all(blueprint),
        actions=startable.creating(sandbox, blueprint),
    )


@router.get("/entity")
async def entity(
    request: Request, sandbox: Served, blueprint: str, identifier: str
) -> HTMLResponse:
    """Show one entity: what it holds, what it is related to, what happened to it."""
    key = (blueprint, identifier)
    document, found = sandbox.catalog.blueprint(blueprint), sandbox.catalog.entity(key)
    history = sandbox.history.of(key)
    if document is None or (found is None and not history):
        raise NotFound.entity(blueprint, identifier)
    now = sandbox.clock()
    shown = sandbox.reads.shown(found, now) if found else {"properties": {}}
    values = values_of(document, shown["properties"])
    return rendered(
        request,
        "entity.html",
        blueprint=document,
        identifier=identifier,
        entity=found,
        values=[one for one in values if one.cell.look != "empty"],
        empty=[one.title for one in values if one.cell.look == "empty"],
        points_at=points_at(sandbox, found, document) if found else [],
        pointed_at=pointed_at(sandbox, key),
        scores=sandbox.reads.scores(found, shown, now) if found else {},
        scorecards={one["identifier"]: one for one in sandbox.scorecards.all(blueprint)},
        history=history_of(sandbox, key, document),
        actions=startable.fitting(sandbox, found, shown, now) if found else [],
        about=startable.about(sandbox, found) if found else [],
        runs=run_view.lines(sandbox, sandbox.action_runs.about(*key)),
    )


@router.get("/graph")
async def graph(request: Request, sandbox: Served) -> HTMLResponse:
    blueprints = sandbox.catalog.blueprints()
    counts = {one["identifier"]: sandbox.catalog.count(one["identifier"]) for one in blueprints}
    return rendered(
        request,
        "graph.html",
        drawing=drawn(blueprints),
        counts=counts,
        box_width=WIDTH,
    )


@router.get("/scorecards")
async def scorecards(request: Request, sandbox: Served, scorecard: str = "") -> HTMLResponse:
    """Show who stands where on each scorecard."""
    return rendered(request, "scorecards.html", cards=cards(Readings(sandbox), scorecard))


@router.get("/definitions")
async def other_definitions(request: Request, sandbox: Served) -> HTMLResponse:
    """Show scorecards, pages, actions and workflows."""
    return rendered(
        request,
        "definitions.html",
        scorecards=sandbox.scorecards.all(),
        pages=sandbox.pages.all(),
        actions=sandbox.actions.all(),
        workflows=sandbox.workflows.all(),
    )


def _widget(sandbox: Sandbox, name: str) -> Document:
    page, _, identifier = name.partition("/")
    return dashboards.widget_of(sandbox.pages.get(page), identifier)


def _end(sandbox: Sandbox, blueprint: Document, relation: str, identifier: str) -> Document:
    definition = blueprint["relations"][relation]
    names = sandbox.tables.names(definition["target"], [identifier])
    return {
        "word": f"{AT}{relation}",
        "relation": definition.get("title") or relation,
        "blueprint": definition["target"],
        "identifier": identifier,
        "name": names.get(identifier, identifier),
    }
