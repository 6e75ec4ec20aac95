"""Runs of actions and of workflow nodes: the same endpoints for both, below other paths."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Depends

from port_sandbox.api.requests import Body, Client, Json, Served, answered, text_of, the_client
from port_sandbox.catalog.launches import IN_PROGRESS
from port_sandbox.core import timestamps
from port_sandbox.core.json_types import Document
from port_sandbox.errors import Invalid
from port_sandbox.sandbox import Sandbox
from port_sandbox.storage.runs import RunStore

router = APIRouter(prefix="/v1", dependencies=[Depends(the_client)])


@dataclass(frozen=True, slots=True)
class RunKind:
    """Where the runs of a kind are kept and found, and how Port names them in its answers."""

    store: Callable[[Sandbox], RunStore]
    queue: str
    path: str
    one: str
    many: str
    logs: str
    id_to_acknowledge: str
    states: frozenset[str]


ACTION = RunKind(
    store=lambda sandbox: sandbox.action_runs,
    queue="/actions/runs",
    path="/actions/runs",
    one="run",
    many="runs",
    logs="runLogs",
    id_to_acknowledge="runId",
    states=frozenset({IN_PROGRESS, "SUCCESS", "FAILURE"}),
)
NODE = RunKind(
    store=lambda sandbox: sandbox.node_runs,
    queue="/workflows/runs",
    path="/workflows/nodes/runs",
    one="nodeRun",
    many="nodeRuns",
    logs="logs",
    id_to_acknowledge="nodeRunIdentifier",
    states=frozenset({IN_PROGRESS, "COMPLETED"}),
)


def _add_routes(kind: RunKind) -> None:
    """Let the runs of a kind be claimed, acknowledged, read and changed."""

    @router.post(f"{kind.queue}/claim-pending")
    async def claim(sandbox: Served, body: Body) -> Json:
        return Json({"ok": True, kind.many: _claim(sandbox, kind.store(sandbox), body)})

    @router.patch(f"{kind.queue}/ack")
    async def acknowledge(sandbox: Served, body: Body) -> Json:
        kind.store(sandbox).acknowledge(text_of(body, kind.id_to_acknowledge))
        return answered()

    @router.get(kind.path)
    async def every(sandbox: Served, external_run_id: str | None = None) -> Json:
        store = kind.store(sandbox)
        found = (
            store.latest() if external_run_id is None else store.with_external_id(external_run_id)
        )
        return Json({"ok": True, kind.many: found})

    @router.get(f"{kind.path}/{{run_id}}")
    async def one(run_id: str, sandbox: Served) -> Json:
        return Json({"ok": True, kind.one: kind.store(sandbox).get(run_id)})

    @router.patch(f"{kind.path}/{{run_id}}")
    async def change(run_id: str, sandbox: Served, body: Body) -> Json:
        return Json({"ok": True, kind.one: _change(sandbox, kind, run_id, body)})

    @router.get(f"{kind.path}/{{run_id}}/logs")
    async def logs(run_id: str, sandbox: Served) -> Json:
        kind.store(sandbox).get(run_id)
        return Json({"ok": True, kind.logs: kind.store(sandbox).logs(run_id)})


_add_routes(ACTION)
_add_routes(NODE)


@router.post("/actions/runs/{run_id}/logs")
async def log_action_run(run_id: str, sandbox: Served, body: Body) -> Json:
    """Keep a line; it may carry how the run ended."""
    at = timestamps.formatted(sandbox.clock())
    sandbox.action_runs.add_log(run_id, at, "INFO", text_of(body, "message"))
    label, ended = body.get("statusLabel"), body.get("terminationStatus")
    sent = {
        **({"statusLabel": label} if label else {}),
        **({} if ended is None else {"status": ended}),
    }
    if sent:
        _change(sandbox, ACTION, run_id, sent)
    return answered(201)


@router.post("/workflows/nodes/runs/{run_id}/logs")
async def log_node_run(run_id: str, sandbox: Served, body: Body) -> Json:
    at = timestamps.formatted(sandbox.clock())
    lines = body.get("logs")
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise Invalid('"logs" must be an array of log lines')
    for line in lines:
        level = str(line.get("level", "INFO"))
        sandbox.node_runs.add_log(run_id, at, level, text_of(line, "message"))
    return answered(201)


@router.post("/actions/{identifier}/runs")
async def run_action(identifier: str, sandbox: Served, body: Body, client: Client) -> Json:
    return answered(202, run=sandbox.launches.of_action(identifier, body, client))


@router.post("/workflows/{identifier}/runs")
async def run_workflow(identifier: str, sandbox: Served, body: Body, client: Client) -> Json:
    """Start a workflow: the runs of its integration nodes wait for their integration."""
    return answered(202, run=sandbox.launches.of_workflow(identifier, body, client))


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


def _change(sandbox: Sandbox, kind: RunKind, run_id: str, sent: Document) -> Document:
    if "status" in sent and sent["status"] not in kind.states:
        raise Invalid(f'"status" must be one of {", ".join(sorted(kind.states))}')
    at = timestamps.formatted(sandbox.clock())
    ended = {} if sent.get("status", IN_PROGRESS) == IN_PROGRESS else {"endedAt": at}
    return kind.store(sandbox).change(run_id, {**sent, **ended, "updatedAt": at})
