"""Actions and workflows, started: their runs wait for the integration that asks for them."""

from collections.abc import Callable
from datetime import datetime
from secrets import token_hex
from typing import Any

from port_sandbox.catalog import invocations
from port_sandbox.core import timestamps
from port_sandbox.core.json_types import Document
from port_sandbox.storage.documents import DocumentStore
from port_sandbox.storage.entities import CatalogStore
from port_sandbox.storage.runs import RunStore

IN_PROGRESS = "IN_PROGRESS"


class Launches:
    """Starts actions and workflows."""

    def __init__(
        self,
        catalog: CatalogStore,
        definitions: tuple[DocumentStore, DocumentStore],
        runs: tuple[RunStore, RunStore],
        clock: Callable[[], datetime],
    ) -> None:
        self._catalog = catalog
        self._actions, self._workflows = definitions
        self._action_runs, self._node_runs = runs
        self._clock = clock

    def of_action(self, identifier: str, sent: Document, by: str, origin: str = "API") -> Document:
        """Start an action; return its run."""
        action = self._actions.get(identifier)
        run_id, at = f"r_{token_hex(8)}", timestamps.formatted(self._clock())
        named = {"identifier": identifier, "title": action.get("title")}
        known: dict[str, Any] = {
            "run": {"id": run_id},
            "action": named,
            "trigger": {"at": at, "origin": origin, "by": {"user": {"email": by}}},
        }
        invocation = invocations.of_action(action, sent, known, self._catalog)
        run = {
            "id": run_id,
            "status": IN_PROGRESS,
            "action": named,
            "payload": invocation.payload,
            "properties": sent.get("properties") or {},
            "entity": sent.get("entity"),
            "blueprint": (action.get("trigger") or {}).get("blueprintIdentifier"),
            **_created(at, by),
        }
        self._action_runs.create(run_id, invocation.installation, identifier, run)
        return run

    def of_workflow(self, identifier: str, sent: Document, by: str) -> Document:
        """Start a workflow; return its run with those of its integration nodes.

        All of them wait at once, whatever connects them.
        """
        workflow = self._workflows.get(identifier)
        run_id, at = f"wr_{token_hex(8)}", timestamps.formatted(self._clock())
        runs: list[Document] = []
        for node, invocation in invocations.of_workflow(workflow, sent, self._catalog):
            uid = f"{identifier}:{node}"
            run: Document = {
                "identifier": f"wnr_{token_hex(8)}",
                "nodeUid": uid,
                "status": IN_PROGRESS,
                "config": invocation.payload,
                "output": {},
                "workflow": {"identifier": identifier, "title": workflow.get("title")},
                "workflowRun": {"identifier": run_id},
                "properties": sent.get("inputs") or sent.get("properties") or {},
                **_created(at, by),
            }
            self._node_runs.create(run["identifier"], invocation.installation, uid, run)
            runs.append(run)
        return {"identifier": run_id, "nodeRuns": runs}


def _created(at: str, by: str) -> Document:
    return {"createdAt": at, "updatedAt": at, "createdBy": by}
