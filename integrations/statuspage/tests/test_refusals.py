"""What Port refused is counted once, and said in one line."""

import asyncio
import logging

import pytest

import refusals
from refusals import Refusals


def test_nothing_is_said_where_nothing_was_refused() -> None:
    assert Refusals().sentence("This resync") is None


def test_the_line_says_how_many_of_which_blueprint_and_an_example_with_ports_reason() -> None:
    counted = Refusals()
    counted.refused("update", "a", '"tweet_id" must be\n string')
    counted.refused("update", "b", "another reason")
    counted.refused("component", "c", "wrong")

    said = counted.sentence("This resync")

    assert said is not None
    assert '2 of update, for example a: "tweet_id" must be string' in said
    assert "1 of component, for example c: wrong" in said


def test_an_entity_that_is_refused_twice_counts_once() -> None:
    counted = Refusals()
    counted.refused("update", "a", "first")
    counted.refused("update", "a", "second")

    assert counted.reasons == {("update", "a"): "first"}


def test_an_entity_that_port_takes_in_the_end_was_not_refused() -> None:
    counted = Refusals()
    counted.refused("update", "a", "its incident is not there yet")
    counted.accepted("update", "a")

    assert counted.sentence("This resync") is None


def test_a_long_reason_is_cut() -> None:
    counted = Refusals()
    counted.refused("update", "a", "x" * 100_000)

    assert len(counted.reasons["update", "a"]) == refusals.LONGEST_REASON


async def test_what_is_published_at_the_same_time_is_told_apart() -> None:
    both_inside = asyncio.Barrier(2)

    async def publish(identifier: str) -> Refusals:
        with refusals.told(identifier) as counted:
            await both_inside.wait()
            refusals.current().refused("any", identifier, "wrong")
            await both_inside.wait()
        return counted

    one, other = await asyncio.gather(publish("one"), publish("other"))

    assert (set(one.reasons), set(other.reasons)) == ({("any", "one")}, {("any", "other")})


def test_what_a_live_event_publishes_within_a_resync_is_the_live_events() -> None:
    with refusals.told("This resync") as resync, refusals.told("A live event") as event:
        refusals.current().refused("any", "a", "wrong")

    assert (len(resync.reasons), len(event.reasons)) == (0, 1)


async def test_tasks_of_a_resync_count_for_it() -> None:
    async def load() -> None:
        refusals.current().refused("any", "a", "wrong")

    with refusals.told("This resync") as counted:
        await asyncio.gather(load(), load())

    assert len(counted.reasons) == 1


def test_it_is_told_although_the_resync_fails(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(OSError), refusals.told("This resync"):  # noqa: PT011, PT012
        refusals.current().refused("any", "a", "wrong")
        raise OSError

    assert "This resync: Port refused entities" in caplog.text
