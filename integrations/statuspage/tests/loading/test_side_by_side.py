"""The kinds of a resync run side by side, and are written behind what they relate to."""

import asyncio
from collections.abc import Sequence
from functools import partial

import pytest
from port_ocean.core.models import Entity
from port_ocean.helpers.metric.metric import Metrics, SyncState

from loading.kind_metrics import KindMetrics, keep_own_state
from loading.side_by_side import Kinds, Result, Target, targets_of

NOTHING: Result = ([], [])


class Log:
    """Kinds that read for a while, ask Port what it holds, and write."""

    def __init__(self, *, at_once: int = 3) -> None:
        self.kinds = Kinds(at_once)
        self.steps: list[str] = []

    async def kind(
        self,
        index: int,
        reads: float,
        writes: float = 1,
        error: str = "",
        targets: set[Target] | None = None,
    ) -> Result:
        self.steps.append(f"{index} begins")
        await asyncio.sleep(reads)
        await self.kinds.compare(index)
        self.steps.append(f"{index} compares")
        if error:
            raise ValueError(error)
        await self.kinds.write(index, targets)
        await asyncio.sleep(writes)
        self.steps.append(f"{index} is written")
        return NOTHING

    def begin(self, *reads: float, blueprints: Sequence[str | None] = "abcdef") -> None:
        works = [partial(self.kind, index, one) for index, one in enumerate(reads)]
        self.kinds.begin(works, blueprints[: len(reads)])

    def when(self, step: str) -> int:
        return self.steps.index(step)


async def test_a_kind_is_read_while_those_before_it_are() -> None:
    log = Log()
    log.begin(10, 1)
    await log.kinds.result(1)

    assert log.when("1 compares") < log.when("0 compares")


async def test_a_kind_is_written_behind_those_before_it() -> None:
    log = Log()
    log.begin(10, 5, 1)
    for index in range(3):
        await log.kinds.result(index)

    written = [step for step in log.steps if step.endswith("written")]
    assert written == ["0 is written", "1 is written", "2 is written"]


async def test_what_relates_to_what_is_in_port_waits_for_nothing_else() -> None:
    log = Log()
    works = [partial(log.kind, 0, 100), partial(log.kind, 1, 1, targets={("a", "x"), ("a", "y")})]
    log.kinds.begin(works, ["a", "b"])
    await asyncio.sleep(5)
    log.kinds.note_loaded(0, [("a", "x"), ("b", "y")])
    await asyncio.sleep(5)
    assert "1 is written" not in log.steps

    log.kinds.note_loaded(0, [("a", "y")])
    await asyncio.sleep(5)
    assert "1 is written" in log.steps
    log.kinds.cancel()


async def test_what_relates_to_something_of_others_is_written_when_those_before_it_are() -> None:
    log = Log()
    works = [partial(log.kind, 0, 10), partial(log.kind, 1, 1, targets={("service", "s")})]
    log.kinds.begin(works, ["a", "b"])
    await log.kinds.result(1)

    assert log.when("0 is written") < log.when("1 is written")


PARTS = {("component", "c"), ("component", "d")}
RELATIONS = {"b": {"page": "statuspage", "parts": "component"}}


def related(**relations: object) -> Entity:
    return Entity(identifier="i", blueprint="b", relations=relations)


@pytest.mark.parametrize(
    ("entity", "targets"),
    [
        (related(), set()),
        (related(page="p", parts=["c", "d"]), {("statuspage", "p"), *PARTS}),
        (related(page=None, parts=[None, "c", "d"]), PARTS),
        # Port has to find it.
        (related(page={"combinator": "and", "rules": []}), None),
        (related(parts=[{"combinator": "and", "rules": []}]), None),
        # The blueprint has no such relation, or could not be read.
        (related(other="o"), None),
        (Entity(identifier="i", blueprint="unread", relations={"page": "p"}), None),
    ],
)
def test_what_entities_relate_to_is_told_by_their_blueprint(
    entity: Entity, targets: set[Target] | None
) -> None:
    assert targets_of([entity], RELATIONS) == targets


async def test_a_kind_waits_for_no_kind_behind_it() -> None:
    log = Log()
    log.begin(1, 100)
    await log.kinds.result(0)

    assert "1 compares" not in log.steps
    log.kinds.cancel()


@pytest.mark.parametrize("blueprints", ["aa", [None, "a"], ["a", None]])
async def test_what_may_be_the_same_entity_is_compared_when_it_was_written(
    blueprints: Sequence[str | None],
) -> None:
    log = Log()
    log.begin(10, 1, blueprints=blueprints)
    await log.kinds.result(1)

    assert log.when("0 is written") < log.when("1 compares")


async def test_a_few_run_at_once() -> None:
    log = Log(at_once=2)
    log.begin(5, 5, 5)
    await asyncio.sleep(1)
    assert log.steps == ["0 begins", "1 begins"]

    for index in range(3):
        await log.kinds.result(index)
    assert log.when("0 is written") < log.when("2 begins")


async def test_one_that_fails_holds_up_none() -> None:
    log = Log()
    works = [partial(log.kind, 0, 1, error="broken"), partial(log.kind, 1, 1)]
    log.kinds.begin(works, ["a", "b"])

    with pytest.raises(ValueError, match="broken"):
        await log.kinds.result(0)
    assert await log.kinds.result(1) == NOTHING


async def test_who_is_cancelled_stops_all() -> None:
    log = Log()
    log.begin(10, 10, 10)
    waiting = asyncio.create_task(log.kinds.result(0))
    await asyncio.sleep(1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.sleep(100)

    assert log.steps == ["0 begins", "1 begins", "2 begins"]


@pytest.fixture
def metrics() -> KindMetrics:
    """Ocean's metrics, as far as their state goes."""
    bare = Metrics.__new__(Metrics)
    bare.sync_state = SyncState.PENDING
    return KindMetrics(bare)


async def test_each_kind_has_a_state_of_its_own(metrics: KindMetrics) -> None:
    async def kind(state: str, seconds: float) -> str:
        keep_own_state()
        metrics.sync_state = SyncState.SYNCING

        async def load() -> None:
            await asyncio.sleep(seconds)
            metrics.sync_state = state

        # Ocean runs it in a task of its own.
        await asyncio.create_task(load())
        await asyncio.sleep(5)
        return metrics.sync_state

    metrics.sync_state = SyncState.SYNCING
    states = tuple(await asyncio.gather(kind(SyncState.FAILED, 1), kind(SyncState.COMPLETED, 2)))

    assert states == (SyncState.FAILED, SyncState.COMPLETED)
    assert metrics.sync_state == SyncState.SYNCING


async def test_outside_of_kinds_there_is_one(metrics: KindMetrics) -> None:
    async def elsewhere() -> None:
        metrics.sync_state = SyncState.ABORTED

    await asyncio.create_task(elsewhere())
    assert metrics.sync_state == SyncState.ABORTED
