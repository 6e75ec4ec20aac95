"""After a crash: the runs that a process had begun and never ended.

Port hands out no run twice, so nobody else would end them. While a run is worked on, it has an
external id that all processes of the installation share: by that they are found again. A run that
was there at the start and still is, longer than any process works on one, has nobody left.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol
from urllib.parse import quote

import httpx
from port_ocean.clients.port.client import PortClient
from port_ocean.context.ocean import ocean
from port_ocean.core.models import ActionRun, IntegrationRun, WorkflowNodeRun
from port_ocean.exceptions.execution_manager import ActionExecutionError

from statuspage import StatuspageError

from .executor import Action
from .outcome import Outcome
from .reporting import Reporter
from .runs import LONGEST, LOOK, Runs

logger = logging.getLogger(__name__)

NOBODY_KNOWS = f"The integration ended while this was under way: {LOOK}"


def running_id() -> str:
    """Return the external id of the runs that a process of this installation works on."""
    return f"statuspage/{ocean.config.integration.identifier}/running"


class Listed(Protocol):
    """Where the runs with an external id are listed."""

    async def with_external_id(self, external_id: str) -> list[IntegrationRun]: ...


class PortRuns:
    """Port's two lists of runs; Ocean's client returns the first of each alone."""

    def __init__(self, port: Callable[[], PortClient]) -> None:
        self._port = port

    async def with_external_id(self, external_id: str) -> list[IntegrationRun]:
        named = quote(external_id, safe="")
        actions = await self._list(f"actions/runs?version=v2&external_run_id={named}")
        nodes = await self._list(f"workflows/nodes/runs?external_run_id={named}&include=nodeConfig")
        return [
            *(ActionRun.parse_obj(run) for run in actions.get("runs") or []),
            *(WorkflowNodeRun.parse_obj(run) for run in nodes.get("nodeRuns") or []),
        ]

    async def _list(self, path: str) -> Mapping[str, list[object]]:
        port = self._port()
        answer = await port.client.get(
            f"{port.auth.api_url}/{path}", headers=await port.auth.headers()
        )
        answer.raise_for_status()
        content: Mapping[str, list[object]] = answer.json()
        return content


class Unfinished:
    """Ends what an earlier process has begun."""

    def __init__(
        self,
        runs: Runs,
        reporter: Reporter,
        listed: Listed,
        actions: Mapping[str, Action],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._runs = runs
        self._reporter = reporter
        self._listed = listed
        self._actions = actions
        self._sleep = sleep

    async def end(self, external_id: str) -> None:
        """Wait until nobody can be working on them any more, then tell what became of each."""
        try:
            begun = {run.id for run in await self._in_progress(external_id)}
            if not begun:
                return
            await self._sleep(LONGEST)
            left = [run for run in await self._in_progress(external_id) if run.id in begun]
        except httpx.HTTPError as error:
            logger.warning("Port does not tell which runs were never ended (%s)", error)
            return
        for run in left:
            await self._tell(run)

    async def _in_progress(self, external_id: str) -> list[IntegrationRun]:
        found = await self._listed.with_external_id(external_id)
        return [run for run in found if run.is_in_progress]

    async def _tell(self, run: IntegrationRun) -> None:
        action = self._actions.get(run.action_type)
        outcome = None if action is None else await self._recovered(action, run)
        if action is None or outcome is None:
            await self._reporter.failed(run, NOBODY_KNOWS, "Unknown")
            return
        logger.info("Run %s was done before the integration ended", run.id)
        await self._runs.publish(outcome)
        await self._reporter.succeeded(run, outcome, action.DONE)

    async def _recovered(self, action: Action, run: IntegrationRun) -> Outcome | None:
        try:
            return await action.recover(await self._runs.order(run))
        except (StatuspageError, ActionExecutionError) as error:
            logger.warning("Nobody knows what became of run %s (%s)", run.id, error)
            return None
