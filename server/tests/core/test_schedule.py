"""Jobs by a cron schedule, in the zone where its clock is."""

import pytest

from statuspage_server.core.heartbeat import ItemState, LastBeat, Listening, Timing, item_state
from statuspage_server.core.moments import parse_moment
from statuspage_server.core.schedule import Schedule, check_cron

NIGHTLY = Schedule("0 2 * * *", "Europe/Berlin")


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("2026-01-10T01:30:00Z", "2026-01-11T01:00:00Z"),  # at 02:30 there, so tomorrow
        ("2026-07-10T01:30:00Z", "2026-07-11T00:00:00Z"),
        ("2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"),  # 02:00 is skipped and comes at 03:00
        ("2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z"),  # 02:00 comes twice and counts once
        ("2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z"),
    ],
)
def test_the_next_time_is_the_clocks_of_its_zone(heard: str, expected: str) -> None:
    assert NIGHTLY.next_after(parse_moment(heard)) == parse_moment(expected)


def state(at: str, listening: Listening | None = None, grace: int = 1800) -> ItemState:
    heard = LastBeat(parse_moment("2026-01-10T01:05:00Z"))
    timing = Timing(600, grace, NIGHTLY)
    return item_state(heard, timing, parse_moment(at), listening)


def test_it_is_late_when_its_time_and_its_grace_are_over() -> None:
    assert state("2026-01-11T01:00:00Z") is ItemState.UP
    assert state("2026-01-11T01:30:00Z") is ItemState.OVERDUE
    assert state("2026-01-11T01:30:01Z") is ItemState.LATE


def test_what_the_server_could_not_hear_is_waited_for_once_more() -> None:
    away = Listening(since=parse_moment("2026-01-11T09:00:00Z"))
    assert state("2026-01-12T00:59:00Z", away) is ItemState.UP


@pytest.mark.parametrize("text", ["", "nonsense", "61 * * * *", "* * * *", "0 0 30 2 *"])
def test_what_never_comes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no cron schedule|never comes"):
        check_cron(text)
