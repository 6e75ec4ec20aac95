"""Actions and workflows: what there is to start, their forms, their runs."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from port_sandbox.api.requests import Served
from port_sandbox.catalog.invocations import entity_of
from port_sandbox.core import form_values
from port_sandbox.core.entities import Entity
from port_sandbox.core.json_types import Document
from port_sandbox.errors import Answer, NotFound
from port_sandbox.page import run_view, startable
from port_sandbox.page.action_form import READER, action_form
from port_sandbox.page.choices import of_entities
from port_sandbox.page.form_requests import SENT, Form, Sent, first, inputs_in
from port_sandbox.page.rendering import rendered
from port_sandbox.page.startable import ACTION, WORKFLOW, Startable
from port_sandbox.sandbox import Sandbox

router = APIRouter(include_in_schema=False)


@router.get("/self-service")
async def self_service(request: Request, sandbox: Served) -> HTMLResponse:
    """Show all that can be started by hand, and the last runs."""
    return rendered(
        request,
        "self_service.html",
        startable=startable.everything(sandbox),
        titles={one["identifier"]: one["title"] for one in sandbox.catalog.blueprints()},
        runs=run_view.newest(sandbox),
    )


@router.get("/self-service/start")
async def form(request: Request, sandbox: Served) -> HTMLResponse:
    """Show the form of one, with what the address has put in already."""
    query = request.query_params
    sent = {name: query.getlist(name) for name in query}
    return _form(request, sandbox, _chosen(sandbox, sent), sent)


@router.post("/self-service/start")
async def start(request: Request, sandbox: Served, sent: Form) -> Response:
    """Start it, and show its run; with the form again where something does not fit."""
    one = _chosen(sandbox, sent)
    try:
        given = form_values.read(inputs_in(sent), one.trigger)
        run_id = _launched(sandbox, one, given, first(sent, "entity"))
    except Answer as error:
        return _form(request, sandbox, one, sent, str(error))
    return RedirectResponse(f"/run?{urlencode({'id': run_id})}", 303)


@router.get("/run")
async def run(request: Request, sandbox: Served, id: str) -> HTMLResponse:  # noqa: A002
    return rendered(request, "run.html", run=run_view.run_view(sandbox, id))


def _chosen(sandbox: Sandbox, sent: Sent) -> Startable:
    kind = WORKFLOW if first(sent, WORKFLOW) else ACTION
    return startable.one_of(sandbox, kind, first(sent, kind))


def _launched(sandbox: Sandbox, one: Startable, given: Document, entity: str) -> str:
    by = READER["email"]
    if one.kind == WORKFLOW:
        nodes = sandbox.launches.of_workflow(one.identifier, {"inputs": given}, by)["nodeRuns"]
        if not nodes:
            raise NotFound(f'"{one.identifier}" has no node that an integration runs')
        return str(nodes[0]["identifier"])
    sent = {"properties": given, "entity": entity or None}
    return str(sandbox.launches.of_action(one.identifier, sent, by, "UI")["id"])


def _form(
    request: Request, sandbox: Sandbox, one: Startable, sent: Sent, problem: str = ""
) -> HTMLResponse:
    whole = SENT in sent or bool(problem)
    given = form_values.kept(inputs_in(sent), one.trigger) if whole else None
    named = first(sent, "entity")
    entity = _entity(sandbox, one, named)
    picker = {"blueprint": one.blueprint, "dataset": one.trigger.get("condition")}
    return rendered(
        request,
        "start.html",
        422 if problem else 200,
        one=one,
        entity=entity,
        entities=of_entities(sandbox, picker, {}, [named]) if one.is_on_an_entity else [],
        blueprint=sandbox.catalog.blueprint(one.blueprint or ""),
        form=action_form(sandbox, one, entity, given, _filled(one, inputs_in(sent))),
        problem=problem,
    )


def _filled(one: Startable, sent: Sent) -> Document:
    """Return the inputs that a link has filled in."""
    return {k: v for k, v in form_values.kept(sent, one.trigger).items() if k in sent}


def _entity(sandbox: Sandbox, one: Startable, identifier: str) -> Entity | None:
    try:
        return entity_of(one.trigger, identifier, sandbox.catalog)
    except NotFound:
        return None
