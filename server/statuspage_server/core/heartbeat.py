"""What an item's heartbeats say about it: a pure decision."""

from dataclasses import dataclass
from enum import StrEnum

from statuspage_server.core.moments import SECOND, Moment
from statuspage_server.core.schedule import Schedule


class ItemState(StrEnum):
    NEVER_SEEN = "never_seen"
    UP = "up"
    OVERDUE = "overdue"
    """Silent for longer than its interval, but still inside its grace: shown as up."""
    LATE = "late"
    FAILED = "failed"
    """It said so itself, with the fail signal."""
    PAUSED = "paused"
    """Nobody waits for it: its component is left to people until it is heard again."""

    @property
    def is_up(self) -> bool:
        return self in {ItemState.UP, ItemState.OVERDUE}


@dataclass(frozen=True, slots=True)
class Timing:
    """How often an item has to be heard, in seconds."""

    interval: int
    grace: int = 0
    schedule: Schedule | None = None
    """Instead of the interval."""
    run_time: int | None = None

    @property
    def longest_run(self) -> int:
        """Between its start and its end, where it signals both."""
        return self.run_time or self.grace or self.interval


@dataclass(frozen=True, slots=True)
class LastBeat:
    at: Moment
    failed: bool = False
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Listening:
    """What the server knew of an item, and since when it could have heard it."""

    since: Moment = 0
    """The server was away before: down, asleep, or its clock was put forward. A beat sent then is
    lost through no fault of the item, so it gets a whole interval again."""
    was_late: bool = False
    """Late before the server went away: only a beat makes it well again."""


@dataclass(frozen=True, slots=True)
class Run:
    """It has said that it has begun, and not yet how it ended."""

    since: Moment


def due_at(beat: LastBeat, timing: Timing, listening: Listening) -> Moment:
    """The last moment at which the item still counts as heard in time."""
    heard = beat.at if listening.was_late else max(beat.at, listening.since)
    if timing.schedule is not None:
        return timing.schedule.next_after(heard)
    return heard + timing.interval * SECOND


def item_state(
    beat: LastBeat | None,
    timing: Timing,
    now: Moment,
    listening: Listening | None = None,
    run: Run | None = None,
) -> ItemState:
    listening = listening or Listening()
    if run is not None and _took_too_long(run, beat, timing, now, listening):
        return ItemState.LATE
    if beat is None:
        return ItemState.NEVER_SEEN
    if beat.failed:
        return ItemState.FAILED
    if run is not None:
        # That it has begun is a sign of life, but not yet that it is well again.
        return ItemState.LATE if listening.was_late else ItemState.UP
    due = due_at(beat, timing, listening)
    if now <= due:
        return ItemState.UP
    return ItemState.OVERDUE if now <= due + timing.grace * SECOND else ItemState.LATE


def _took_too_long(
    run: Run, beat: LastBeat | None, timing: Timing, now: Moment, listening: Listening
) -> bool:
    """Unless another run of the same item has ended since."""
    deadline = max(run.since, listening.since) + timing.longest_run * SECOND
    return now > deadline and (beat is None or beat.at <= deadline)


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the time since the server last noted that it was alive says."""

    was_away: bool
    turned_back: bool
    """The clock was put back: beats from what is now the future have to be brought to now."""


def read_clock(alive_at: Moment | None, now: Moment, tolerance: int) -> ClockReading:
    gap = 0 if alive_at is None else now - alive_at
    return ClockReading(was_away=gap > tolerance, turned_back=gap < 0)
