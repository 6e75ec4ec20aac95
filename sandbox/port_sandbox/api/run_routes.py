"""Runs of actions and of workflow nodes."""

from collections.abc import Mapping
from datetime import timedelta
from secrets import token_hex

from fastapi import APIRouter, Depends

from port_sandbox.api.requests import Body, Client, Json, Served, answered, text_of, the_client
from port_sandbox.catalog import invocations
from port_sandbox.core import timestamps
from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid
from port_sandbox.sandbox import Sandbox
from port_sandbox.storage.runs import RunStore

ACTION_STATES = {"IN_PROGRESS", "SUCCESS", "FAILURE"}
NODE_STATES = {"IN_PROGRESS", "COMPLETED"}

router = APIRouter(prefix="/v1", dependencies=[Depends(the_client)])


@router.post("/actions/runs/claim-pending")
async def claim_action_runs(sandbox: Served, body: Body) -> Json:
    """Hand out waiting runs of actions."""
    return answered(runs=_claim(sandbox, sandbox.action_runs, body))


@router.patch("/actions/runs/ack")
async def acknowledge_action_run(sandbox: Served, body: Body) -> Json:
    """Give a run to the one who asks first."""
    sandbox.action_runs.acknowledge(text_of(body, "runId"))
    return answered()


@router.get("/actions/runs")
async def action_runs(sandbox: Served, external_run_id: str | None = None) -> Json:
    """Return runs, or those that an integration has given an id."""
    return answered(runs=_found(sandbox.action_runs, external_run_id))


@router.get("/actions/runs/{run_id}")
async def action_run(run_id: str, sandbox: Served) -> Json:
    """Return a run."""
    return answered(run=sandbox.action_runs.get(run_id))


@router.patch("/actions/runs/{run_id}")
async def change_action_run(run_id: str, sandbox: Served, body: Body) -> Json:
    """Change a run; its status says how it ended."""
    _check_status(body, ACTION_STATES)
    return answered(run=_change(sandbox, sandbox.action_runs, run_id, body))


@router.get("/actions/runs/{run_id}/logs")
async def action_run_logs(run_id: str, sandbox: Served) -> Json:
    """Return what a run told."""
    sandbox.action_runs.get(run_id)
    return answered(runLogs=sandbox.action_runs.logs(run_id))


@router.post("/actions/runs/{run_id}/logs")
async def log_action_run(run_id: str, sandbox: Served, body: Body) -> Json:
    """Keep a line; it may carry how the run ended."""
    at = timestamps.formatted(sandbox.clock())
    sandbox.action_runs.add_log(run_id, at, "INFO", text_of(body, "message"))
    label, ended = body.get("statusLabel"), body.get("terminationStatus")
    sent = {"statusLabel": label} if label else {}
    if ended is not None:
        sent["status"] = ended
        _check_status(sent, ACTION_STATES)
    if sent:
        _change(sandbox, sandbox.action_runs, run_id, sent)
    return answered(201)


@router.post("/actions/{identifier}/runs")
async def run_action(identifier: str, sandbox: Served, body: Body, client: Client) -> Json:
    """Start an action."""
    action = sandbox.actions.get(identifier)
    invocation = invocations.of_action(action, body, sandbox.catalog)
    run = {
        "id": f"r_{token_hex(8)}",
        "status": "IN_PROGRESS",
        "action": {"identifier": identifier, "title": action.get("title")},
        "payload": invocation.payload,
        "properties": body.get("properties", {}),
        "entity": body.get("entity"),
        **_born(sandbox, client),
    }
    sandbox.action_runs.create(run["id"], invocation.installation, identifier, run)
    return answered(202, run=run)


@router.post("/workflows/runs/claim-pending")
async def claim_node_runs(sandbox: Served, body: Body) -> Json:
    """Hand out waiting runs of workflow nodes."""
    return answered(nodeRuns=_claim(sandbox, sandbox.node_runs, body))


@router.patch("/workflows/runs/ack")
async def acknowledge_node_run(sandbox: Served, body: Body) -> Json:
    """Give a node run to the one who asks first."""
    sandbox.node_runs.acknowledge(text_of(body, "nodeRunIdentifier"))
    return answered()


@router.get("/workflows/nodes/runs")
async def node_runs(sandbox: Served, external_run_id: str | None = None) -> Json:
    """Return node runs, or those that an integration has given an id."""
    return answered(nodeRuns=_found(sandbox.node_runs, external_run_id))


@router.get("/workflows/nodes/runs/{run_id}")
async def node_run(run_id: str, sandbox: Served) -> Json:
    """Return a node run."""
    return answered(nodeRun=sandbox.node_runs.get(run_id))


@router.patch("/workflows/nodes/runs/{run_id}")
async def change_node_run(run_id: str, sandbox: Served, body: Body) -> Json:
    """Change a node run; its result says how it ended."""
    _check_status(body, NODE_STATES)
    return answered(nodeRun=_change(sandbox, sandbox.node_runs, run_id, body))


@router.get("/workflows/nodes/runs/{run_id}/logs")
async def node_run_logs(run_id: str, sandbox: Served) -> Json:
    """Return what a node run told."""
    sandbox.node_runs.get(run_id)
    return answered(logs=sandbox.node_runs.logs(run_id))


@router.post("/workflows/nodes/runs/{run_id}/logs")
async def log_node_run(run_id: str, sandbox: Served, body: Body) -> Json:
    """Keep lines."""
    at = timestamps.formatted(sandbox.clock())
    lines = body.get("logs")
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise Invalid('"logs" must be an array of log lines')
    for line in lines:
        level = str(line.get("level", "INFO"))
        sandbox.node_runs.add_log(run_id, at, level, text_of(line, "message"))
    return answered(201)


@router.post("/workflows/{identifier}/runs")
async def run_workflow(identifier: str, sandbox: Served, body: Body, client: Client) -> Json:
    """Start a workflow: the runs of its integration nodes wait for their integration."""
    workflow = sandbox.workflows.get(identifier)
    runs: list[Document] = []
    for node, invocation in invocations.of_workflow(workflow, body):
        run_id, uid = f"wnr_{token_hex(8)}", f"{identifier}:{node}"
        run: Document = {
            "identifier": run_id,
            "nodeUid": uid,
            "status": "IN_PROGRESS",
            "config": invocation.payload,
            "output": {},
            "workflow": {"identifier": identifier},
            **_born(sandbox, client),
        }
        sandbox.node_runs.create(run_id, invocation.installation, uid, run)
        runs.append(run)
    return answered(202, run={"identifier": f"wr_{token_hex(8)}", "nodeRuns": runs})


def _claim(sandbox: Sandbox, store: RunStore, body: Document) -> list[Document]:
    installation = text_of(body, "installationId")
    limit, timeout = body.get("limit", 1), body.get("visibilityTimeoutMs", 60_000)
    exclude = body.get("exclude") or []
    if not isinstance(limit, int) or not isinstance(timeout, int) or limit < 0:
        raise Invalid('"limit" and "visibilityTimeoutMs" must be numbers')
    now = sandbox.clock()
    until = timestamps.formatted(now + timedelta(milliseconds=timeout))
    return store.claim(
        installation, limit=limit, now=timestamps.formatted(now), until=until, exclude=exclude
    )


def _found(store: RunStore, external_id: str | None) -> list[Document]:
    return store.latest() if external_id is None else store.with_external_id(external_id)


def _change(sandbox: Sandbox, store: RunStore, run_id: str, sent: Document) -> Document:
    return store.change(run_id, {**sent, "updatedAt": timestamps.formatted(sandbox.clock())})


def _check_status(body: Document, allowed: set[str]) -> None:
    if "status" in body and body["status"] not in allowed:
        raise Invalid(f'"status" must be one of {", ".join(sorted(allowed))}')


def _born(sandbox: Sandbox, client: str) -> Mapping[str, str]:
    at = timestamps.formatted(sandbox.clock())
    return {"createdAt": at, "updatedAt": at, "createdBy": client}
