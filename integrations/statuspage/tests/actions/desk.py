"""Runs between a page that keeps what is written to it and a Port that keeps what it is told."""

import asyncio
import itertools
from dataclasses import dataclass, field
from typing import Any

import httpx
from port_ocean.core.models import ActionRun, IntegrationRun, WorkflowNodeRun

from actions.executor import Action
from actions.register import ACTIONS
from actions.reporting import Level, Reporter
from actions.runs import WHILE_SOMEBODY_WAITS, Runs
from actions.targets import Targets
from live_events.notification import Notification
from resync.known_pages import KnownPages
from resync.served_pages import ServedPages
from tests.fake_statuspage import client_of
from tests.statuspage.writing.store import Store

RUNNING = "statuspage/test/running"


@dataclass
class Port:
    """What was told of each run."""

    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    refuses: int = 0

    async def post_run_log(self, run: IntegrationRun, message: str, level: Level, /) -> None:
        self.lines.setdefault(run.id, []).append(f"{level} {message}")

    async def patch_run(self, run: IntegrationRun, payload: dict[str, Any], /) -> None:
        if self.refuses:
            self.refuses -= 1
            raise httpx.ConnectError("no connection")
        self.fields.setdefault(run.id, {}).update(payload)


class Desk:
    """Executes actions as Ocean does."""

    def __init__(self, store: Store, page_ids: tuple[str, ...] = ()) -> None:
        self.store = store
        self.port = Port()
        self.published: list[Notification] = []
        self.catalog_takes = 0.1
        client = client_of(store).with_patience(WHILE_SOMEBODY_WAITS)
        pages = ServedPages(client, KnownPages(), page_ids)
        self.reporter = Reporter(lambda: self.port, asyncio.sleep)
        targets = Targets(client, pages, page_ids)
        self.runs = Runs(client, targets, self.reporter, self._put, RUNNING)
        self.actions: dict[str, Action] = {
            action.ACTION_NAME: action(lambda: self.runs) for action in ACTIONS
        }
        self._numbers = itertools.count(1)

    def run(self, action: str, inputs: dict[str, Any], *, node: bool = False) -> IntegrationRun:
        """Return a run as Port hands it out, in one of its two forms."""
        run_id = f"run{next(self._numbers)}"
        if node:
            return WorkflowNodeRun.parse_obj(
                {
                    "identifier": run_id,
                    "status": "IN_PROGRESS",
                    "node": {
                        "config": {
                            "type": "INTEGRATION_ACTION",
                            "integrationInvocationType": action,
                            "integrationProvider": "statuspage",
                            "installationId": "test",
                            "integrationActionExecutionProperties": inputs,
                        }
                    },
                }
            )
        return ActionRun.parse_obj(
            {
                "id": run_id,
                "status": "IN_PROGRESS",
                "action": {"identifier": f"statuspage_{action}"},
                "payload": {
                    "type": "INTEGRATION_ACTION",
                    "integrationActionType": action,
                    "installationId": "test",
                    "integrationActionExecutionProperties": inputs,
                },
            }
        )

    async def execute(self, run: IntegrationRun) -> dict[str, Any]:
        """Carry a run out; return what Port knows of it in the end."""
        await self.actions[run.action_type].execute(run)
        # Port may be told a little later.
        await asyncio.sleep(120)
        return self.port.fields[run.id]

    async def do(self, action: str, **inputs: Any) -> dict[str, Any]:
        return await self.execute(self.run(action, inputs))

    def said(self) -> str:
        """Return the last line of the last run's log."""
        return list(self.port.lines.values())[-1][-1]

    def _put(self, notification: Notification) -> asyncio.Future[None]:
        self.published.append(notification)
        done = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(self.catalog_takes, done.set_result, None)
        return done
