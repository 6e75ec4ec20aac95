"""No resync leaves an older state in the catalog than a live event brought."""

import asyncio
import logging
from collections.abc import AsyncIterator
from functools import partial

import pytest

from kinds import ObjectKind
from loading.pipeline import behind_last_batch, pipeline
from publishing.cache import Cache, Cached
from publishing.found import Found, Key
from publishing.resync_overlap import ASK_EVERY, LONGEST_RESYNC, ResyncOverlap, Resyncs
from resync.merging import Read, Stream
from resync.streams import Incidents, IncidentUpdates, KindStream, Pages
from statuspage import Raw, Reading
from tests.virtual_time import clock, now

PAGE = "page1"
A = (ObjectKind.INCIDENT, "a")


def incident(number: int = 0, object_id: str = "a", **changes: object) -> Raw:
    """Return an incident in one of its states."""
    raw = {"id": object_id, "page_id": PAGE, "status": "investigating", "number": number}
    return raw | changes


def found(**incidents: Raw | None) -> Found:
    objects = {(ObjectKind.INCIDENT, id_): raw for id_, raw in incidents.items()}
    return Found({"id": PAGE}, objects, now())


class Port:
    """What Port holds of incidents, and what it says of resyncs."""

    def __init__(self) -> None:
        self.held: dict[str, Raw | None] = {}
        self.written: list[Found] = []
        self.read_again: list[tuple[float, str, set[Key]]] = []
        self.running_until = 0.0
        self.fails = 0
        self.asked = 0
        self.takes = 0.1
        self.cache = Cache()
        self.overlap = ResyncOverlap(
            self.cache,
            self.write,
            self.resyncs,
            lambda page_id, keys: self.read_again.append((now(), page_id, set(keys))),
            clock(),
            behind_last_batch,
        )

    async def write(self, brought: Found) -> None:
        await asyncio.sleep(self.takes)
        if self.fails:
            self.fails -= 1
            raise ConnectionError("no connection")
        self.written.append(brought)
        self.held |= brought.of(ObjectKind.INCIDENT)

    async def resyncs(self) -> Resyncs:
        self.asked += 1
        running = now() < self.running_until
        return Resyncs(running, f"{running} {self.running_until}")

    def read(
        self, *batches: list[Read], stream: KindStream | None = None
    ) -> AsyncIterator[list[Raw]]:
        """Return what a resync read, batch after batch, for Ocean to load."""

        async def read() -> Stream:
            for batch in batches:
                yield batch

        return self.overlap.load(read(), stream or Incidents())

    async def load(
        self, *batches: list[Read], stream: KindStream | None = None
    ) -> AsyncIterator[list[Raw]]:
        """Load it, one batch after the other."""
        async for batch in self.read(*batches, stream=stream):
            yield batch
            self.held |= {item["id"]: item for item in batch}


@pytest.fixture
async def port() -> Port:
    return Port()


async def test_without_live_events_a_resync_is_loaded_as_it_was_read(port: Port) -> None:
    batches = [[Reading(incident(), now()), Reading(incident(0, "b"), now())]]

    assert [batch async for batch in port.load(*batches)] == [[incident(), incident(0, "b")]]
    assert port.written == []


async def test_what_an_event_read_later_takes_the_place_of_what_was_listed(port: Port) -> None:
    listed = [Reading(incident(0, name), now()) for name in "abc"]
    await asyncio.sleep(1)
    await port.overlap.publish(found(a=incident(1), b=None))

    assert [batch async for batch in port.load(listed)] == [[incident(1), incident(0, "c")]]


async def test_what_was_listed_by_a_later_request_stays(port: Port) -> None:
    await port.overlap.publish(found(a=incident(1)))
    await asyncio.sleep(1)

    assert [batch async for batch in port.load([Reading(incident(2), now())])] == [[incident(2)]]
    assert port.held["a"] == incident(2)


async def test_a_row_is_as_old_as_its_request_whatever_other_lists_were_read_since(
    port: Port,
) -> None:
    first = [Reading(incident(0), now())]
    await asyncio.sleep(1)
    await port.overlap.publish(found(a=incident(1)))
    await asyncio.sleep(1)
    # Another list shows it as well, and is newer; the stream yields the first row alone.
    later = [Reading(incident(0, "b"), now())]

    assert [batch async for batch in port.load(first, later)] == [[incident(1)], later_raw(later)]


def later_raw(batch: list[Read]) -> list[Raw]:
    return [item.content for item in batch]


@pytest.mark.parametrize("newer", [incident(1), None])
async def test_what_an_event_reads_while_a_batch_is_loaded_is_written_right_behind(
    port: Port, newer: Raw | None
) -> None:
    async for _ in port.load([Reading(incident(), now())]):
        await asyncio.sleep(1)
        await port.overlap.publish(found(a=newer))

    assert port.held["a"] == newer
    assert len(port.written) == 2


async def test_of_two_states_the_newest_is_written_whoever_waits_for_its_turn(port: Port) -> None:
    port.takes = 5
    async for _ in port.load([Reading(incident(), now())]):
        await asyncio.sleep(1)
        first = asyncio.create_task(port.overlap.publish(found(a=incident(1))))
        await asyncio.sleep(1)
        second = asyncio.create_task(port.overlap.publish(found(a=incident(2))))
        await asyncio.sleep(1)
    await asyncio.gather(first, second)

    assert port.held["a"] == incident(2)
    assert [one.objects[A] for one in port.written[1:]] == [incident(2)] * 2


async def test_the_updates_of_an_incident_change_and_go_with_it(port: Port) -> None:
    def with_updates(**bodies: str) -> Raw:
        updates = [{"id": id_, "incident_id": "a", "body": body} for id_, body in bodies.items()]
        return incident(incident_updates=updates)

    stream = IncidentUpdates(Incidents())
    listed = [
        Reading({**update, "__incident": {"page_id": PAGE}}, now())
        for update in with_updates(one="old", two="old")["incident_updates"]
    ]
    await asyncio.sleep(1)
    await port.overlap.publish(found(a=with_updates(one="new")))

    [batch] = [batch async for batch in port.load(listed, stream=stream)]

    assert [(update["id"], update["body"]) for update in batch] == [("one", "new")]


async def test_of_a_page_an_event_changes_the_status_alone(port: Port) -> None:
    listed = [Reading({"id": PAGE, "name": "New name", "__status": {"indicator": "none"}}, now())]
    await asyncio.sleep(1)
    page = {"id": PAGE, "name": "Old name", "__status": {"indicator": "major"}}
    await port.overlap.publish(Found(page, {(ObjectKind.PAGE, PAGE): page}, now()))

    assert [batch async for batch in port.load(listed, stream=Pages())] == [
        [{"id": PAGE, "name": "New name", "__status": {"indicator": "major"}}]
    ]


async def test_what_port_does_not_take_behind_a_batch_is_read_once_more(port: Port) -> None:
    async for _ in port.load([Reading(incident(), now())]):
        await asyncio.sleep(1)
        await port.overlap.publish(found(a=incident(1)))
        port.fails = 1

    assert [keys for _, _, keys in port.read_again] == [{A}]


async def test_what_port_did_not_take_of_an_event_is_not_held_for_known(port: Port) -> None:
    port.fails = 1
    with pytest.raises(ConnectionError):
        await port.overlap.publish(found(a=incident(1)))

    assert port.cache.get(A) is None


async def test_what_is_in_port_as_it_is_is_not_written_again(port: Port) -> None:
    await port.overlap.publish(found(a=incident(1)))
    await asyncio.sleep(1)

    left = await port.overlap.publish(found(a=incident(1), b=incident(0, "b")))

    assert left.of(ObjectKind.INCIDENT) == {"b": incident(0, "b")}
    assert port.cache.get(A) == Cached(incident(1), left.read_at, "False 0.0")


async def test_what_was_written_while_a_resync_ran_is_written_again(port: Port) -> None:
    port.running_until = now() + 10
    await port.overlap.publish(found(a=incident(1)))
    await asyncio.sleep(60)

    await port.overlap.publish(found(a=incident(1)))

    assert len(port.written) == 2


async def test_what_was_written_during_a_resync_is_read_once_more_behind_it(port: Port) -> None:
    port.running_until = now() + 100
    for number in range(5):
        await port.overlap.publish(found(a=incident(number)))
        await asyncio.sleep(10)
    await asyncio.sleep(3600)

    [(at, page_id, keys)] = port.read_again
    assert (page_id, keys) == (PAGE, {A})
    assert port.running_until <= at <= port.running_until + ASK_EVERY


async def test_what_waits_for_the_end_of_a_resync_is_not_written_again_before(port: Port) -> None:
    port.running_until = now() + 100
    await port.overlap.publish(found(a=incident(1)))
    await asyncio.sleep(1)

    left = await port.overlap.publish(found(a=incident(1)))

    assert left.objects == {}
    assert len(port.written) == 1


async def test_what_was_read_behind_a_resync_is_written_though_the_next_one_runs_and_once(
    port: Port,
) -> None:
    port.running_until = now() + 10
    await port.overlap.publish(found(a=incident(1), b=incident(0, "b")))
    await asyncio.sleep(10 + ASK_EVERY)
    port.running_until = now() + 10

    await port.overlap.publish(found(a=incident(1), b=incident(1, "b")))
    await asyncio.sleep(60)

    assert len(port.written) == 2
    # Only what has changed since may be written over by the next one.
    assert [keys for _, _, keys in port.read_again][1:] == [{(ObjectKind.INCIDENT, "b")}]


async def test_a_resync_that_never_ends_is_not_waited_for_forever(port: Port) -> None:
    port.running_until = now() + 10 * LONGEST_RESYNC
    await port.overlap.publish(found(a=incident(1)))
    await asyncio.sleep(LONGEST_RESYNC + 60)

    assert len(port.read_again) == 1


async def test_where_port_does_not_tell_the_object_is_read_once_more(
    port: Port, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)

    async def fails() -> Resyncs:
        raise ConnectionError("no connection")

    overlap = ResyncOverlap(
        port.cache, port.write, fails, lambda *_: None, clock(), behind_last_batch
    )
    await overlap.publish(found(a=incident(1)))

    assert "Port does not tell whether a resync runs" in caplog.text
    overlap.close()


async def test_what_an_event_reads_while_a_batch_is_on_its_way_is_written_behind_it(
    port: Port,
) -> None:
    async def slowly(batch: list[Raw]) -> None:
        await asyncio.sleep(5)
        port.held |= {item["id"]: item for item in batch}

    async with pipeline() as loads:
        async for batch in port.read([Reading(incident(), now())]):
            await loads.add(len(batch), {"a"}, partial(slowly, batch))
        await asyncio.sleep(1)
        await port.overlap.publish(found(a=incident(1)))

    assert port.held["a"] == incident(1)


async def test_what_is_known_is_asked_for_while_the_rest_is_written(port: Port) -> None:
    await port.overlap.publish(found(a=incident(1), b=incident(1, "b")))
    port.asked = 0
    began = now()

    written = await port.overlap.publish(found(a=incident(1), b=incident(2, "b")))

    assert [*written.of(ObjectKind.INCIDENT)] == ["b"]
    assert port.asked == 1
    assert now() - began == pytest.approx(port.takes)


async def test_what_was_known_before_a_resync_is_written_again(port: Port) -> None:
    await port.overlap.publish(found(a=incident(1), b=incident(1, "b")))
    port.running_until = -1.0

    written = await port.overlap.publish(found(a=incident(1), b=incident(2, "b")))

    assert {*written.of(ObjectKind.INCIDENT)} == {"a", "b"}
    assert [[*one.of(ObjectKind.INCIDENT)] for one in port.written[1:]] == [["b"], ["a"]]


async def test_what_port_has_stays_known_when_it_does_not_take_the_rest(port: Port) -> None:
    await port.overlap.publish(found(a=incident(1), b=incident(1, "b")))
    port.fails = 1
    with pytest.raises(ConnectionError):
        await port.overlap.publish(found(a=incident(1), b=incident(2, "b")))

    written = await port.overlap.publish(found(a=incident(1), b=incident(2, "b")))

    assert [*written.of(ObjectKind.INCIDENT)] == ["b"]
