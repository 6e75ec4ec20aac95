"""When an item is up, decided without a clock, a database or a network."""

import pytest

from statuspage_server.core.heartbeat import (
    ItemState,
    LastBeat,
    Listening,
    Run,
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


class TestRuns:
    """Items that signal their start as well as their end; a run may take 300 seconds here."""

    TIMING = Timing(interval=3600, grace=60, run_time=300)

    def state(
        self, seconds: int, beat: LastBeat | None = None, listening: Listening | None = None
    ) -> ItemState:
        """So many seconds after a start at 1000 seconds."""
        now = (1000 + seconds) * SECOND
        return item_state(beat, self.TIMING, now, listening, Run(1000 * SECOND))

    def test_one_that_does_not_end_in_time_is_late(self) -> None:
        heard = LastBeat(0)
        assert self.state(300, heard) is ItemState.UP
        assert self.state(301, heard) is ItemState.LATE
        assert self.state(301) is ItemState.LATE

    def test_the_first_one_has_shown_nothing_yet(self) -> None:
        assert self.state(10) is ItemState.NEVER_SEEN

    def test_while_it_runs_the_next_beat_is_not_overdue(self) -> None:
        late_start = LastBeat((1000 - 3601) * SECOND)
        assert self.state(200, late_start) is ItemState.UP

    def test_a_start_alone_does_not_heal(self) -> None:
        assert self.state(1, LastBeat(0, failed=True)) is ItemState.FAILED
        assert self.state(1, LastBeat(0), Listening(was_late=True)) is ItemState.LATE

    def test_the_servers_own_absence_is_not_counted(self) -> None:
        assert self.state(500, LastBeat(0), Listening(since=1400 * SECOND)) is ItemState.UP

    def test_another_run_that_ended_since_counts_more(self) -> None:
        assert self.state(400, LastBeat(1350 * SECOND)) is ItemState.UP

    @pytest.mark.parametrize(
        ("timing", "longest"),
        [(Timing(600), 600), (Timing(600, 60), 60), (Timing(600, 60, run_time=30), 30)],
    )
    def test_how_long_one_may_take(self, timing: Timing, longest: int) -> None:
        assert timing.longest_run == longest


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
