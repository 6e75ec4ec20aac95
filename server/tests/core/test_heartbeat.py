"""When an item is up, decided without a clock, a database or a network."""

import pytest

from statuspage_server.core.heartbeat import (
    ItemState,
    LastBeat,
    Listening,
    Timing,
    item_state,
    read_clock,
)
from statuspage_server.core.moments import SECOND

MINUTE = Timing(interval=60)
PATIENT = Timing(interval=60, grace=30)


def after(seconds: float, timing: Timing = MINUTE, listening: Listening | None = None) -> ItemState:
    return item_state(LastBeat(at=0), timing, round(seconds * SECOND), listening)


class TestSilence:
    def test_an_item_that_never_spoke_is_neither_up_nor_late(self) -> None:
        assert item_state(None, MINUTE, 10**12) is ItemState.NEVER_SEEN

    @pytest.mark.parametrize(
        ("seconds", "state"),
        [(0, ItemState.UP), (60, ItemState.UP), (60.001, ItemState.LATE)],
    )
    def test_the_interval_includes_its_last_moment(self, seconds: float, state: ItemState) -> None:
        assert after(seconds) is state

    @pytest.mark.parametrize(
        ("seconds", "state"),
        [(60.001, ItemState.OVERDUE), (90, ItemState.OVERDUE), (90.001, ItemState.LATE)],
    )
    def test_grace_comes_after_the_interval(self, seconds: float, state: ItemState) -> None:
        assert after(seconds, PATIENT) is state

    def test_overdue_still_counts_as_up(self) -> None:
        assert ItemState.OVERDUE.is_up
        assert not ItemState.LATE.is_up

    def test_a_failure_stands_until_the_item_says_otherwise(self) -> None:
        assert item_state(LastBeat(0, failed=True), MINUTE, 1) is ItemState.FAILED


class TestAbsence:
    def test_silence_is_counted_from_when_the_server_could_hear_again(self) -> None:
        listening = Listening(since=1000 * SECOND)
        assert after(1060, listening=listening) is ItemState.UP
        assert after(1061, listening=listening) is ItemState.LATE

    def test_what_was_late_before_stays_late(self) -> None:
        listening = Listening(since=1000 * SECOND, was_late=True)
        assert after(1001, listening=listening) is ItemState.LATE


class TestReadingTheClock:
    def test_a_gap_longer_than_a_round_was_absence(self) -> None:
        assert read_clock(0, 5001, tolerance=5000).was_away
        assert not read_clock(0, 5000, tolerance=5000).was_away

    def test_a_clock_put_back_is_noticed(self) -> None:
        assert read_clock(10, 9, tolerance=5000).turned_back

    def test_the_first_reading_says_nothing(self) -> None:
        reading = read_clock(None, 10**12, tolerance=1)
        assert not reading.was_away
        assert not reading.turned_back
