"""Moments, ids and tokens."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage_server.core.ids import is_id, new_id
from statuspage_server.core.moments import (
    EARLIEST,
    LATEST,
    milliseconds,
    parse_moment,
    whole_seconds,
)
from statuspage_server.core.time_zones import RAILS_NAMES, find_zone, zone_of
from statuspage_server.core.tokens import matches


class TestMoments:
    def test_the_manage_api_cuts_to_seconds_and_updates_keep_milliseconds(self) -> None:
        moment = parse_moment("2024-06-07T01:00:17.239Z")
        assert whole_seconds(moment) == "2024-06-07T01:00:17Z"
        assert milliseconds(moment) == "2024-06-07T01:00:17.239Z"

    def test_nothing_stays_nothing(self) -> None:
        assert whole_seconds(None) is milliseconds(None) is None

    @given(st.integers(0, LATEST))
    def test_what_is_written_reads_the_same(self, moment: int) -> None:
        assert parse_moment(milliseconds(moment) or "") == moment

    @pytest.mark.parametrize(
        "text",
        [
            "2024-06-07T03:00:17+02:00",
            "2024-06-07 01:00:17",
            "2024-06-07 01:00:17 UTC",
            "2024-06-07 03:00:17 +0200",
            " 2024-06-07 01:00:17.000 gmt ",
        ],
    )
    def test_zones_are_understood_and_utc_is_assumed(self, text: str) -> None:
        assert whole_seconds(parse_moment(text)) == "2024-06-07T01:00:17Z"

    @pytest.mark.parametrize(
        "text", ["", "soon", "0001-01-01T00:00:00+23:00", "2024-13-01", "2024-06-07 01:00:17 CEST"]
    )
    def test_what_is_no_moment_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"\w"):
            parse_moment(text)

    def test_the_first_and_the_last_moment_can_be_written(self) -> None:
        assert milliseconds(EARLIEST) == "0001-01-01T00:00:00.000Z"
        assert milliseconds(LATEST) == "9999-12-31T23:59:59.999Z"


class TestTimeZones:
    def test_each_of_the_vendors_names_leads_to_a_zone(self) -> None:
        assert [name for name in RAILS_NAMES if find_zone(name) is None] == []

    def test_names_of_the_tz_database_are_themselves(self) -> None:
        assert zone_of("Europe/Berlin").key == "Europe/Berlin"

    @pytest.mark.parametrize(
        "name", ["", None, "Mars", "../etc/passwd", "America", "\x00", "x" * 999]
    )
    def test_whatever_a_page_has_kept_it_has_a_zone(self, name: str | None) -> None:
        assert zone_of(name).key == "Etc/UTC"


class TestIds:
    def test_they_are_twelve_lower_case_letters_and_digits(self) -> None:
        assert re.fullmatch(r"[a-z0-9]{12}", new_id())
        assert is_id(new_id())

    @pytest.mark.parametrize("text", ["", "ABCDEFGHIJKL", "abcdefghijk", "abcdefghijk/"])
    def test_anything_else_is_none(self, text: str) -> None:
        assert not is_id(text)


class TestTokens:
    def test_any_of_the_accepted_ones_will_do(self) -> None:
        assert matches("new", ["new", "old"])
        assert matches("old", ["new", "old"])

    @pytest.mark.parametrize("given", ["", "other", "ne", "newer", "\udcff"])
    def test_nothing_else_will(self, given: str) -> None:
        assert not matches(given, ["new", "old"])
