"""What a process had begun when it was killed: the next start tells what became of it."""

from typing import Any

import httpx
import pytest
from port_ocean.core.models import IntegrationRun

from actions.runs import LONGEST
from actions.unfinished import NOBODY_KNOWS, Unfinished
from tests.statuspage.writing.store import Store
from tests.virtual_time import clock, now

from .desk import RUNNING, Desk


class Begun:
    """Port's list of the runs that somebody began."""

    def __init__(self, *runs: IntegrationRun) -> None:
        self.runs = list(runs)
        self.asked: list[str] = []
        self.fails = False

    async def with_external_id(self, external_id: str) -> list[IntegrationRun]:
        self.asked.append(external_id)
        if self.fails:
            raise httpx.ConnectError("no connection")
        return list(self.runs)


def unfinished(desk: Desk, begun: Begun) -> Unfinished:
    return Unfinished(desk.runs, desk.reporter, begun, desk.actions, clock().sleep)


async def killed_in_the_middle(desk: Desk, action: str, **inputs: Any) -> IntegrationRun:
    """Carry a run out, and forget that Port was told of it."""
    run = desk.run(action, inputs)
    await desk.execute(run)
    desk.port.fields.clear()
    return run


@pytest.mark.parametrize(
    ("action", "inputs"),
    [
        ("create_incident", {}),
        ("schedule_maintenance", {"scheduledFor": "2027-05-01", "durationMinutes": 5}),
    ],
)
async def test_what_it_had_opened_is_found_by_the_run(
    desk: Desk, store: Store, action: str, inputs: dict[str, Any]
) -> None:
    run = await killed_in_the_middle(desk, action, name="x", **inputs)

    await unfinished(desk, Begun(run)).end(RUNNING)

    assert desk.port.fields[run.id]["status"] == "SUCCESS"
    assert desk.port.fields[run.id]["externalRunId"] == "incident1"
    assert len(store.incidents) == 1


async def test_of_what_left_no_trace_nobody_knows(desk: Desk, store: Store) -> None:
    run = desk.run("create_incident", {"name": "x"})

    await unfinished(desk, Begun(run)).end(RUNNING)

    assert desk.port.fields[run.id]["status"] == "FAILURE"
    assert desk.said() == f"ERROR {NOBODY_KNOWS}"
    assert store.incidents == {}


async def test_what_another_process_may_be_working_on_is_left_to_it(desk: Desk) -> None:
    run = desk.run("create_incident", {"name": "x"})
    begun = Begun(run)
    start = now()

    async def ended_by_the_other(seconds: float) -> None:
        await clock().sleep(seconds)
        begun.runs.clear()

    await Unfinished(desk.runs, desk.reporter, begun, desk.actions, ended_by_the_other).end(RUNNING)

    assert now() - start >= LONGEST
    assert desk.port.fields == {}


async def test_where_nothing_was_begun_one_question_is_enough(desk: Desk) -> None:
    begun = Begun()

    await unfinished(desk, begun).end(RUNNING)

    assert begun.asked == [RUNNING]


async def test_a_port_that_does_not_tell_fails_no_start(desk: Desk) -> None:
    begun = Begun(desk.run("create_incident", {"name": "x"}))
    begun.fails = True

    await unfinished(desk, begun).end(RUNNING)

    assert desk.port.fields == {}
