"""Integrations: their settings, their resync state, their cursors, their examples."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request

from port_sandbox.api.requests import (
    Body,
    Json,
    Served,
    answered,
    is_document,
    list_of,
    text_of,
    the_client,
)
from port_sandbox.core import timestamps
from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid, NotFound
from port_sandbox.sandbox import Sandbox

STATES = {"running", "completed", "failed", "aborted"}

router = APIRouter(prefix="/v1/integration", dependencies=[Depends(the_client)])


@router.get("/provision-enabled")
async def provision_enabled() -> Json:
    """Name no integration: Port makes nothing by itself, Ocean makes its own resources."""
    return answered(integrations=[])


@router.get("")
async def every(request: Request, sandbox: Served) -> Json:
    found = sandbox.integrations.documents.all()
    return answered(integrations=[_shown(one, request) for one in found])


@router.post("")
async def create(request: Request, sandbox: Served, body: Body) -> Json:
    identifier = text_of(body, "installationId")
    at = timestamps.formatted(sandbox.clock())
    document = {
        "_id": f"integration_{identifier}",
        "_orgId": "org_sandbox",
        "integrationType": body.get("installationAppType"),
        "installationType": "OnPrem",
        "processingMode": "ocean-core",
        "actionsProcessingEnabled": False,
        "incrementalSyncEnabled": False,
        "arePortResourcesInitialized": False,
        "config": {},
        "resyncState": {},
        "createdAt": at,
        "updatedAt": at,
        **body,
        "identifier": identifier,
    }
    kept = sandbox.integrations.documents.create(document)
    return answered(201, integration=_shown(kept, request))


@router.get("/{identifier}")
async def one(identifier: str, request: Request, sandbox: Served) -> Json:
    return answered(integration=_shown(_get(sandbox, identifier), request))


@router.patch("/{identifier}")
async def change(identifier: str, request: Request, sandbox: Served, body: Body) -> Json:
    """Change an integration; an empty change asks it for a resync."""
    _get(sandbox, identifier)
    at = timestamps.formatted(sandbox.clock())
    if body:
        changed = sandbox.integrations.documents.change(identifier, {**body, "updatedAt": at})
    else:
        changed = sandbox.integrations.ask_for_resync(identifier, at)
    return answered(integration=_shown(changed, request))


@router.delete("/{identifier}")
async def delete(identifier: str, sandbox: Served) -> Json:
    """Forget an integration; what it wrote stays."""
    _get(sandbox, identifier)
    sandbox.integrations.documents.delete(identifier)
    return answered()


@router.patch("/{identifier}/config")
async def change_config(
    identifier: str,
    request: Request,
    sandbox: Served,
    body: Body,
    x_skip_resync: Annotated[str, Header()] = "false",
) -> Json:
    """Change the mapping, and ask for a resync unless told not to."""
    _get(sandbox, identifier)
    at = timestamps.formatted(sandbox.clock())
    sent = {"config": body.get("config"), "updatedAt": at}
    changed = sandbox.integrations.documents.change(identifier, sent)
    if x_skip_resync != "true":
        changed = sandbox.integrations.ask_for_resync(identifier, at)
    return answered(integration=_shown(changed, request))


@router.get("/{identifier}/resync-request")
async def resync_request(identifier: str, sandbox: Served) -> Json:
    return answered(request=_get(sandbox, identifier).get("resyncRequest", {}))


@router.patch("/{identifier}/resync-state")
async def resync_state(identifier: str, request: Request, sandbox: Served, body: Body) -> Json:
    """Note that a resync began or ended."""
    if body.get("status") not in STATES:
        raise Invalid(f'"status" must be one of {", ".join(sorted(STATES))}')
    now = timestamps.formatted(sandbox.clock())
    old = _get(sandbox, identifier).get("resyncState", {})
    state = {**old, **body, "updatedAt": now}
    sandbox.resyncs.note_state(identifier, body["status"], now)
    changed = sandbox.integrations.documents.change(identifier, {"resyncState": state})
    return answered(integration=_shown(changed, request))


@router.get("/{identifier}/cursor")
async def cursor(identifier: str, sandbox: Served, kind: str, index: int = 0) -> Json:
    """Return where an incremental sync stopped; nothing where it never ran."""
    found = sandbox.integrations.cursors.find(_place(kind, index), identifier)
    return answered(cursor=_cursor(found) if found else None)


@router.put("/{identifier}/cursor")
async def move_cursor(
    identifier: str, sandbox: Served, body: Body, kind: str, index: int = 0
) -> Json:
    """Move a cursor that is there."""
    primary = _moment(body)
    place = _place(kind, index)
    if sandbox.integrations.cursors.find(place, identifier) is None:
        raise NotFound(f'The integration "{identifier}" has no cursor for "{place}"')
    kept = sandbox.integrations.cursors.change(place, {"primary": primary}, identifier)
    return answered(cursor=_cursor(kept))


@router.post("/{identifier}/cursor")
async def create_cursor(
    identifier: str, sandbox: Served, body: Body, kind: str, index: int = 0
) -> Json:
    document = {"identifier": _place(kind, index), "primary": _moment(body)}
    kept = sandbox.integrations.cursors.create(document, identifier)
    return answered(201, cursor=_cursor(kept))


@router.post("/{identifier}/kinds/{kind:path}/examples")
async def add_examples(identifier: str, kind: str, sandbox: Served, body: Body) -> Json:
    examples = list_of(body, "examples", is_document, "objects")
    sandbox.integrations.add_examples(identifier, kind, examples)
    return answered()


@router.get("/{identifier}/kinds")
async def kinds(identifier: str, sandbox: Served) -> Json:
    """Return examples of each kind."""
    found = sandbox.integrations.examples(identifier)
    return answered(data={kind: {"examples": examples} for kind, examples in found.items()})


@router.get("/{identifier}/logs")
async def logs(identifier: str, sandbox: Served, limit: int = 100, level: str = "") -> Json:
    """Return log lines, the newest first."""
    levels = [one.upper() for one in level.split(",") if one]
    limit = min(max(limit, 1), 300)
    return answered(data=sandbox.logs.latest(levels=levels, integration=identifier, limit=limit))


def _get(sandbox: Sandbox, identifier: str) -> Document:
    found = sandbox.integrations.documents.find(identifier)
    if found is None:
        raise NotFound(f'Integration with identifier "{identifier}" was not found')
    return found


def _shown(document: Document, request: Request) -> Document:
    """Add where logs, metrics and raw data are to be sent: to the address that was asked."""
    ingest = f"{str(request.base_url).rstrip('/')}/ingest/{document['identifier']}"
    shown: dict[str, Any] = {
        **document,
        "logAttributes": {"ingestId": document["identifier"], "ingestUrl": f"{ingest}/logs"},
        "metricAttributes": {"ingestUrl": f"{ingest}/metrics"},
        "ingestAttributes": {"ingestUrl": f"{ingest}/raw"},
    }
    shown.pop("resyncRequest", None)
    return shown


def _place(kind: str, index: int) -> str:
    return f"{kind}-{index}"


def _moment(body: Document) -> str:
    primary = text_of(body, "primary")
    if timestamps.parsed(primary) is None:
        raise Invalid('"primary" must match format "date-time"')
    return primary


def _cursor(document: Document) -> Document:
    return {"primary": document["primary"]}
