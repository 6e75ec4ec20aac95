"""What Port is told of a run, in its two forms: that of an action and that of a workflow node."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, Protocol

import httpx
from port_ocean.core.models import IntegrationRun, RunStatus, WorkflowNodeRun

from .outcome import Outcome

logger = logging.getLogger(__name__)

type Level = Literal["INFO", "ERROR"]

# Ocean repeats no PATCH, and a run whose end is not told stays in progress for ever.
WAITS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)


class RunsInPort(Protocol):
    """What Ocean's client of Port can tell of a run."""

    async def post_run_log(self, run: IntegrationRun, message: str, level: Level, /) -> None: ...

    async def patch_run(self, run: IntegrationRun, payload: dict[str, Any], /) -> None: ...


class Reporter:
    """Tells Port of runs; nothing here fails what the run has done."""

    def __init__(
        self, port: Callable[[], RunsInPort], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._port = port
        self._sleep = sleep

    async def begun(self, run: IntegrationRun, external_id: str, label: str) -> None:
        """Mark a run as one that a process works on."""
        await self._patch(run, {"externalRunId": external_id, **_labelled(run, label)}, ())

    async def succeeded(self, run: IntegrationRun, outcome: Outcome, label: str) -> None:
        await self._log(run, outcome.message, "INFO")
        fields = {"externalRunId": outcome.external_id, **_labelled(run, label)}
        if isinstance(run, WorkflowNodeRun):
            links = [outcome.url] if outcome.url else []
            ended = {"status": "COMPLETED", "result": "SUCCESS", "output": dict(outcome.outputs)}
            fields |= ended | ({"links": links} if links else {})
        else:
            fields |= {"status": RunStatus.SUCCESS} | ({"link": outcome.url} if outcome.url else {})
        await self._patch(run, fields)

    async def failed(self, run: IntegrationRun, why: str, label: str) -> None:
        await self._log(run, why, "ERROR")
        if isinstance(run, WorkflowNodeRun):
            ended = {"status": "COMPLETED", "result": "FAILED"}
        else:
            ended = {"status": RunStatus.FAILURE}
        await self._patch(run, {"externalRunId": run.id, **ended, **_labelled(run, label)})

    async def _log(self, run: IntegrationRun, message: str, level: Level) -> None:
        try:
            await self._port().post_run_log(run, message, level)
        except httpx.HTTPError as error:
            logger.warning("The log of run %s lacks a line (%s)", run.id, error)

    async def _patch(
        self, run: IntegrationRun, fields: Mapping[str, Any], waits: tuple[float, ...] = WAITS
    ) -> None:
        for wait in (*waits, None):
            try:
                await self._port().patch_run(run, dict(fields))
            except httpx.HTTPError as error:
                if wait is None:
                    logger.warning("Port does not take what became of run %s (%s)", run.id, error)
                    return
                await self._sleep(wait)
            else:
                return


def _labelled(run: IntegrationRun, label: str) -> dict[str, Any]:
    return {"statusLabel": {"text": label} if isinstance(run, WorkflowNodeRun) else label}
