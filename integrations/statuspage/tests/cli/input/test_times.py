"""Points in time and lengths as people write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.cli.input.times import parse_length, parse_moment

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)  # 11:00 in Berlin


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", "2026-09-14T09:00:00Z"),
        ("NOW", "2026-09-14T09:00:00Z"),
        ("+2h", "2026-09-14T11:00:00Z"),
        ("+1h30m", "2026-09-14T10:30:00Z"),
        ("-15m", "2026-09-14T08:45:00Z"),
        ("22:00", "2026-09-14T20:00:00Z"),
        ("9:30", "2026-09-15T07:30:00Z"),
        ("11:00", "2026-09-14T09:00:00Z"),
        ("today 08:00", "2026-09-14T06:00:00Z"),
        ("tomorrow 22:00", "2026-09-15T20:00:00Z"),
        (" Tomorrow  22:00 ", "2026-09-15T20:00:00Z"),
        ("2026-12-20T10:00:00Z", "2026-12-20T10:00:00Z"),
        ("2026-12-20t10:00:00z", "2026-12-20T10:00:00Z"),
        ("2026-12-20T10:00:00.000Z", "2026-12-20T10:00:00Z"),
        ("2026-12-20T10:00:00+00:00", "2026-12-20T10:00:00Z"),
        ("2026-12-20T10:00:00-05:30", "2026-12-20T15:30:00Z"),
        ("2026-12-20 10:00", "2026-12-20T09:00:00Z"),
        ("2026-07-20 10:00", "2026-07-20T08:00:00Z"),
        ("2026-12-20", "2026-12-19T23:00:00Z"),
    ],
)
def test_a_moment_is_read_in_the_user_s_zone_unless_it_names_one(text: str, moment: str) -> None:
    assert parse_moment(text, NOW, BERLIN) == datetime.fromisoformat(moment)


def test_tomorrow_is_on_the_clock_of_that_day() -> None:
    day_before_winter_time = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)

    found = parse_moment("tomorrow 22:00", day_before_winter_time, BERLIN)

    assert found == datetime(2026, 10, 25, 21, 0, tzinfo=UTC)


def test_today_is_that_of_the_user() -> None:
    late_in_london = datetime(2026, 9, 14, 22, 30, tzinfo=UTC)

    assert parse_moment("today 23:00", late_in_london, BERLIN).day == 15


def test_the_system_s_zone_counts_where_no_other_is_known() -> None:
    assert parse_moment("2026-12-20 10:00", NOW) == datetime(2026, 12, 20, 10).astimezone()


@pytest.mark.parametrize(
    "text",
    ["", "soon", "+", "+2", "25:00", "22:60", "yesterday 10:00", "2026-13-01", "+9999999999d"],
)
def test_what_is_no_moment_is_answered_with_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"no point in time: write one as now, \+2h"):
        parse_moment(text, NOW, BERLIN)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90m", timedelta(minutes=90)),
        ("90min", timedelta(minutes=90)),
        ("1h30m", timedelta(minutes=90)),
        ("1h 30m", timedelta(minutes=90)),
        ("2H", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
        ("45s", timedelta(seconds=45)),
    ],
)
def test_a_length_is_a_sum_of_days_hours_minutes_and_seconds(text: str, length: timedelta) -> None:
    assert parse_length(text) == length


@pytest.mark.parametrize("text", ["", "90", "m", "0m", "-5m", "1.5h", "30m1h", "99999999999d"])
def test_what_is_no_length_is_answered_with_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="no length of time: write one as 90m"):
        parse_length(text)


@given(st.text(max_size=30))
def test_any_text_is_a_moment_in_utc_or_refused_with_a_sentence(text: str) -> None:
    refused: list[str] = []
    try:
        assert parse_moment(text, NOW, BERLIN).tzinfo is UTC
    except ValueError as error:
        refused.append(str(error))

    assert all(sentence.endswith(".") for sentence in refused)


@given(st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2199, 1, 1)))  # noqa: DTZ001
def test_every_moment_in_iso_form_is_read_as_itself(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)

    assert parse_moment(aware.isoformat(), NOW, BERLIN) == aware
