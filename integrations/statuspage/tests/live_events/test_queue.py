"""What waits, waits once, in order, and within bounds."""

import asyncio
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinds import ObjectKind
from live_events.notification import Notification
from live_events.queue import MOST, Queue
from tests.virtual_time import clock, now, run


def told(number: int = 1, page_id: str = "page", status: str | None = "identified") -> Notification:
    return Notification(page_id, ObjectKind.INCIDENT, f"inc{number}", status=status)


@pytest.fixture
async def queue() -> Queue:
    return Queue(clock())


async def test_an_object_waits_once_however_often_it_is_told_of(queue: Queue) -> None:
    futures = {queue.put(told(status=status)) for status in ("identified", "resolved")}

    page_id, [entry] = await queue.take()

    assert (page_id, entry.notification) == ("page", told(status=None))
    assert futures == {entry.done}


async def test_the_same_told_again_says_the_same(queue: Queue) -> None:
    queue.put(told())
    queue.put(told())

    _, [entry] = await queue.take()

    assert entry.notification == told()


async def test_pages_come_in_the_order_in_which_they_were_told_of(queue: Queue) -> None:
    for page_id in ("first", "second", "first"):
        queue.put(told(len(queue), page_id))

    taken = [await queue.take(), await queue.take()]

    assert [(page_id, len(entries)) for page_id, entries in taken] == [("first", 2), ("second", 1)]


async def test_whoever_takes_waits_for_what_is_put(queue: Queue) -> None:
    taking = asyncio.create_task(queue.take())
    await asyncio.sleep(10)
    queue.put(told())

    assert (await taking)[0] == "page"
    assert len(queue) == 0


async def test_what_is_put_off_is_taken_when_it_is_due_and_not_before(queue: Queue) -> None:
    began = now()
    queue.put(told(1), not_before=began + 20)
    queue.put(told(2), not_before=began + 5)

    first, second = await queue.take(), await queue.take()

    assert [first[1][0].notification.id, second[1][0].notification.id] == ["inc2", "inc1"]
    assert now() - began == pytest.approx(20, abs=0.1)


async def test_an_event_that_comes_again_hastens_nothing(queue: Queue) -> None:
    began = now()
    queue.put(told(), not_before=began + 20)
    queue.put(told())

    await queue.take()

    assert now() - began == pytest.approx(20, abs=0.1)


async def test_what_is_put_back_joins_what_came_meanwhile(queue: Queue) -> None:
    queue.put(told(status="identified"))
    _, [entry] = await queue.take()
    later = queue.put(told(status="resolved"))
    queue.put_back(entry)

    _, [joined] = await queue.take()
    joined.finish()
    await asyncio.sleep(1)

    assert joined.notification.status is None
    assert later.done()
    assert queue.unfinished == set()


async def test_a_full_queue_takes_no_more_and_leaves_it_to_the_resync(
    queue: Queue, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    for number in range(MOST):
        queue.put(told(number))

    assert queue.put(told(-1)).done()
    assert not queue.put(told(0)).done()
    assert len(queue) == MOST
    assert "the next resync brings this one" in caplog.text


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 4), st.integers(0, 3))))
def test_each_future_is_done_when_all_entries_were_taken_and_finished(
    puts: list[tuple[str, int, int]],
) -> None:
    async def story() -> None:
        queue = Queue(clock())
        futures = [
            queue.put(told(number, page_id), not_before=now() + wait)
            for page_id, number, wait in puts
        ]
        seen = set()
        while len(queue):
            page_id, entries = await queue.take()
            for entry in entries:
                seen.add((page_id, entry.notification.id))
                entry.finish()
        assert seen == {(page_id, f"inc{number}") for page_id, number, _ in puts}
        assert all(future.done() for future in futures)

    run(story())


async def test_what_is_read_again_is_read_whatever_is_known_of_it(queue: Queue) -> None:
    keys = [(ObjectKind.INCIDENT, "a"), (ObjectKind.COMPONENT, "c"), (ObjectKind.PAGE, "page")]
    queue.read_again("page", keys)
    queue.read_again("other", [(ObjectKind.COMPONENT_GROUP, "g"), (ObjectKind.PAGE, "other")])

    (_, first), (_, second) = await queue.take(), await queue.take()

    assert [entry.notification for entry in first] == [
        Notification("page", ObjectKind.INCIDENT, "a"),
        Notification("page", ObjectKind.COMPONENT, "c"),
    ]
    assert [entry.notification for entry in second] == [
        Notification("other", ObjectKind.PAGE, "other", groups=frozenset({"g"}))
    ]
