"""Where integrations send their logs and their metrics."""

from fastapi import APIRouter, Depends

from port_sandbox.api.requests import (
    Body,
    Json,
    Served,
    answered,
    is_document,
    list_of,
    the_client,
)
from port_sandbox.errors import Invalid

router = APIRouter(prefix="/ingest/{integration}", dependencies=[Depends(the_client)])


@router.post("/logs")
async def logs(integration: str, sandbox: Served, body: Body) -> Json:
    sandbox.logs.add(integration, list_of(body, "logs", is_document, "log lines"))
    return answered()


@router.post("/metrics/syncMetrics")
async def metrics(integration: str, sandbox: Served, body: Body) -> Json:
    rows = list_of(body, "syncKindsMetrics", is_document, "metrics")
    sandbox.resyncs.note_metrics(integration, rows)
    return answered()


@router.put("/metrics/syncMetrics/resync/{event_id}/kind/{kind:path}")
async def kind_metrics(
    integration: str, event_id: str, kind: str, sandbox: Served, body: Body
) -> Json:
    row = body.get("syncKindMetrics")
    if not isinstance(row, dict):
        raise Invalid('"syncKindMetrics" must be object')
    named = {**row, "eventId": event_id, "kindIdentifier": kind}
    sandbox.resyncs.note_metrics(integration, [named])
    return answered()


@router.post("/metrics/heartbeat")
async def heartbeat(integration: str, body: Body) -> Json:
    """Hear that a resync still runs."""
    _ = integration, body
    return answered()
