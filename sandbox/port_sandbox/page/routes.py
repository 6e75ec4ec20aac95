"""The page: the catalog, for looking at."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from port_sandbox.api.requests import Json, Served
from port_sandbox.core import moments
from port_sandbox.core.entities import Entity, Key, targets
from port_sandbox.core.graph_layout import HEIGHT, WIDTH, drawn
from port_sandbox.core.json_types import Document
from port_sandbox.core.sync_counts import DELETION, WHOLE, counted
from port_sandbox.errors import NotFound
from port_sandbox.page.cells import cell, definitions
from port_sandbox.page.rendering import rendered
from port_sandbox.page.table import Wish, enum_filters, table_of
from port_sandbox.sandbox import Sandbox

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LINES = 200
# A page has hundreds of components; their list is a table of its own.
MOST_POINTERS = 30

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(request: Request, sandbox: Served) -> HTMLResponse:
    """Show the blueprints, the last resync and the last changes."""
    blueprints = sandbox.catalog.blueprints()
    counts = {one["identifier"]: sandbox.catalog.count(one["identifier"]) for one in blueprints}
    return rendered(
        request,
        "home.html",
        blueprints=blueprints,
        counts=counts,
        resyncs=_resyncs(sandbox, 1),
        integrations=sandbox.integrations.documents.all(),
        changes=sandbox.catalog.recent_changes(12),
        address=str(request.base_url).rstrip("/"),
    )


@router.get("/blueprint")
async def blueprint(request: Request, sandbox: Served, blueprint: str) -> HTMLResponse:
    """Show the entities of a blueprint."""
    document = sandbox.catalog.blueprint(blueprint)
    if document is None:
        return _missing(request, NotFound.blueprint(blueprint))
    query = request.query_params
    filters = enum_filters(document)
    enums = {name: query[f"is.{name}"] for name in filters if query.get(f"is.{name}")}
    wish = Wish(
        text=query.get("text", "").strip(),
        enums=enums,
        sort=query.get("sort", ""),
        descending=query.get("descending") == "1",
        page=int(query.get("page", "1")) if query.get("page", "1").isdecimal() else 1,
    )
    return rendered(
        request,
        "blueprint.html",
        blueprint=document,
        table=table_of(sandbox.reads, document, wish, sandbox.clock()),
        total=sandbox.catalog.count(blueprint),
        wish=wish,
        filters=filters,
        chosen={"text": wish.text, **{f"is.{name}": value for name, value in enums.items()}},
        scorecards=sandbox.scorecards.all(blueprint),
    )


@router.get("/entity")
async def entity(
    request: Request, sandbox: Served, blueprint: str, identifier: str
) -> HTMLResponse:
    """Show one entity: what it holds, what it is related to, what happened to it."""
    key = (blueprint, identifier)
    document, found = sandbox.catalog.blueprint(blueprint), sandbox.catalog.entity(key)
    history = sandbox.catalog.history(key)
    if document is None or (found is None and not history):
        return _missing(request, NotFound.entity(blueprint, identifier))
    now = sandbox.clock()
    shown = sandbox.reads.shown(found, now) if found else {"properties": {}}
    known = definitions(document)
    stored = document["schema"]["properties"]
    cells = [
        (
            one.get("title") or name,
            one.get("description"),
            name not in stored,
            cell(shown["properties"].get(name), one),
        )
        for name, one in known.items()
    ]
    return rendered(
        request,
        "entity.html",
        blueprint=document,
        identifier=identifier,
        entity=found,
        cells=[one for one in cells if one[3].look != "empty"],
        empty=[one[0] for one in cells if one[3].look == "empty"],
        points_at=_points_at(sandbox, found, document) if found else [],
        pointed_at=_pointed_at(sandbox, key),
        scores=sandbox.reads.scores(found, shown, now) if found else {},
        scorecards={one["identifier"]: one for one in sandbox.scorecards.all(blueprint)},
        history=[
            {**one, "changes": [_change(n, v, known) for n, v in one["changes"].items()]}
            for one in history
        ],
    )


@router.get("/graph")
async def graph(request: Request, sandbox: Served) -> HTMLResponse:
    """Show how the blueprints are related."""
    blueprints = sandbox.catalog.blueprints()
    counts = {one["identifier"]: sandbox.catalog.count(one["identifier"]) for one in blueprints}
    return rendered(
        request,
        "graph.html",
        drawing=drawn(blueprints),
        counts=counts,
        box_width=WIDTH,
        box_height=HEIGHT,
    )


@router.get("/resyncs")
async def resyncs(request: Request, sandbox: Served) -> HTMLResponse:
    """Show the resyncs and what each kind brought."""
    return rendered(request, "resyncs.html", resyncs=_resyncs(sandbox, 30))


@router.get("/logs")
async def logs(request: Request, sandbox: Served) -> HTMLResponse:
    """Show what integrations log."""
    query = request.query_params
    levels = [level for level in query.getlist("level") if level in LEVELS]
    before = query.get("before", "")
    return rendered(
        request,
        "logs.html",
        lines=sandbox.logs.latest(
            levels=levels, limit=LINES, before=int(before) if before.isdecimal() else None
        ),
        counts=sandbox.logs.counts(),
        levels=LEVELS,
        chosen=levels,
        full=LINES,
    )


@router.get("/definitions")
async def other_definitions(request: Request, sandbox: Served) -> HTMLResponse:
    """Show scorecards, pages and actions, and the runs of actions."""
    runs = [*sandbox.action_runs.latest(20), *sandbox.node_runs.latest(20)]
    return rendered(
        request,
        "definitions.html",
        scorecards=sandbox.scorecards.all(),
        pages=sandbox.pages.all(),
        actions=sandbox.actions.all(),
        runs=runs,
    )


@router.get("/pulse")
async def pulse(sandbox: Served) -> Json:
    """Tell the script of the page whether there is something new to show."""
    return Json({"version": sandbox.database.version, "running": sandbox.resyncs.is_running()})


def _missing(request: Request, error: NotFound) -> HTMLResponse:
    return rendered(request, "missing.html", 404, message=str(error))


def _resyncs(sandbox: Sandbox, limit: int) -> list[Document]:
    now = sandbox.clock()
    found: list[Document] = []
    for one in sandbox.resyncs.latest(limit):
        kinds = [counted(row) for row in one["kinds"]]
        start, end = moments.read(one["started_at"]), moments.read(one["ended_at"]) or now
        found.append(
            {
                **one,
                "seconds": (end - start).total_seconds() if start else None,
                "kinds": [kind for kind in kinds if not kind.kind.startswith("__")],
                "deleted": sum(kind.deleted for kind in kinds if kind.kind == DELETION),
                "whole": next((kind for kind in kinds if kind.kind == WHOLE), None),
            }
        )
    return found


def _points_at(sandbox: Sandbox, entity: Entity, blueprint: Document) -> list[tuple[str, Any]]:
    return [
        (
            relation.get("title") or name,
            [
                sandbox.catalog.entity((relation["target"], one)) or Entity(relation["target"], one)
                for one in targets(entity.relations.get(name))
            ],
        )
        for name, relation in blueprint["relations"].items()
    ]


def _pointed_at(sandbox: Sandbox, key: Key) -> list[Document]:
    groups: dict[tuple[str, str], list[Key]] = {}
    for source, relation in sandbox.catalog.pointers_to(key):
        groups.setdefault((source[0], relation), []).append(source)
    found: list[Document] = []
    for (blueprint, relation), keys in groups.items():
        document = sandbox.catalog.blueprint(blueprint) or {}
        first = (sandbox.catalog.entity(one) for one in keys[:MOST_POINTERS])
        found.append(
            {
                "blueprint": document,
                "relation": document["relations"][relation].get("title") or relation,
                "entities": [one for one in first if one is not None],
                "count": len(keys),
            }
        )
    return found


def _change(path: str, values: list[Any], known: dict[str, Document]) -> Document:
    definition = known.get(path.removeprefix("properties."), {})
    name = definition.get("title") or path.partition(".")[2] or path
    return {
        "name": name,
        "before": cell(values[0], definition),
        "after": cell(values[1], definition),
    }
