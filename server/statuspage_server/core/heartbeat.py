"""What an item's heartbeats say about it: a pure decision."""

from dataclasses import dataclass
from enum import StrEnum

from statuspage_server.core.moments import SECOND, Moment


class ItemState(StrEnum):
    NEVER_SEEN = "never_seen"
    UP = "up"
    OVERDUE = "overdue"
    """Silent for longer than its interval, but still inside its grace: shown as up."""
    LATE = "late"
    FAILED = "failed"
    """It said so itself, with the fail signal."""

    @property
    def is_up(self) -> bool:
        return self in {ItemState.UP, ItemState.OVERDUE}


@dataclass(frozen=True, slots=True)
class Timing:
    """How often an item has to be heard, in seconds."""

    interval: int
    grace: int = 0


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


def due_at(beat: LastBeat, timing: Timing, listening: Listening) -> Moment:
    """The last moment at which the item still counts as heard in time."""
    heard = beat.at if listening.was_late else max(beat.at, listening.since)
    return heard + timing.interval * SECOND


def item_state(
    beat: LastBeat | None, timing: Timing, now: Moment, listening: Listening | None = None
) -> ItemState:
    if beat is None:
        return ItemState.NEVER_SEEN
    if beat.failed:
        return ItemState.FAILED
    due = due_at(beat, timing, listening or Listening())
    if now <= due:
        return ItemState.UP
    if now <= due + timing.grace * SECOND:
        return ItemState.OVERDUE
    return ItemState.LATE


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the time since the server last noted that it was alive says."""

    was_away: bool
    turned_back: bool
    """The clock was put back: beats from what is now the future have to be brought to now."""


def read_clock(alive_at: Moment | None, now: Moment, tolerance: int) -> ClockReading:
    gap = 0 if alive_at is None else now - alive_at
    return ClockReading(was_away=gap > tolerance, turned_back=gap < 0)
