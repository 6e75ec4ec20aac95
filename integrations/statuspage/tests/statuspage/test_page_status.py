"""A page's overall status: the vendor's table, row by row."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage import PageStatus
from statuspage.page_status import INDICATORS, derived, is_public, published

UP, BUSY = "operational", "under_maintenance"
SLOW, PART, DOWN = "degraded_performance", "partial_outage", "major_outage"

GOOD = ("none", "All Systems Operational")
MAINTAINED = ("maintenance", "Service Under Maintenance")
DEGRADED = ("minor", "Partially Degraded Service")
MINOR = ("minor", "Minor Service Outage")
PARTIAL = ("major", "Partial System Outage")
MAJOR = ("critical", "Major System Outage")


def _rows(statuses: list[str]) -> list[dict[str, Any]]:
    return [{"id": str(n), "status": status, "group": False} for n, status in enumerate(statuses)]


@pytest.mark.parametrize(
    ("statuses", "shown"),
    [
        ([DOWN, UP], PARTIAL),
        ([DOWN, PART, SLOW, BUSY], PARTIAL),
        ([DOWN, ""], PARTIAL),
        ([DOWN], MAJOR),
        ([DOWN, DOWN], MAJOR),
        ([PART, UP], MINOR),
        ([PART, SLOW, BUSY], MINOR),
        ([PART], PARTIAL),
        ([PART, PART], PARTIAL),
        ([SLOW, UP], DEGRADED),
        ([SLOW, BUSY], DEGRADED),
        ([SLOW], DEGRADED),
        ([SLOW, SLOW], DEGRADED),
        ([BUSY, UP], MAINTAINED),
        ([BUSY], MAINTAINED),
        ([UP, UP], GOOD),
        ([""], GOOD),
        ([], GOOD),
    ],
)
def test_the_worst_status_decides(statuses: list[str], shown: tuple[str, str]) -> None:
    assert derived(_rows(statuses)) == PageStatus(*shown)


def test_a_group_s_own_row_does_not_count() -> None:
    group = {"id": "g", "status": DOWN, "group": True}

    assert derived([group, *_rows([UP])]) == PageStatus(*GOOD)
    assert derived([{**group, "status": UP}, *_rows([DOWN])]) == PageStatus(*MAJOR)


def test_a_component_without_a_status_takes_nothing_down() -> None:
    assert derived([{"id": "a"}, {"id": "b", "status": None}]) == PageStatus(*GOOD)


@given(st.permutations([UP, BUSY, SLOW, PART, DOWN]))
def test_the_order_of_the_components_does_not_matter(statuses: list[str]) -> None:
    assert derived(_rows(statuses)) == PageStatus(*PARTIAL)


@given(st.lists(st.sampled_from([UP, BUSY, SLOW, PART, DOWN, ""])))
def test_every_indicator_is_one_of_the_vendor_s(statuses: list[str]) -> None:
    assert derived(_rows(statuses)).indicator in INDICATORS


def test_the_public_answer_is_read() -> None:
    answer = {"page": {"id": "abc"}, "status": {"indicator": "minor", "description": "So so"}}

    assert published(answer) == PageStatus("minor", "So so")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"status": None},
        {"status": "minor"},
        {"status": {"indicator": "minor"}},
        {"status": {"indicator": "minor", "description": None}},
        {"status": {"indicator": "purple", "description": "All fine"}},
        {"status": {"description": "All fine"}},
    ],
)
def test_any_other_answer_is_none(answer: object) -> None:
    assert published(answer) is None


@pytest.mark.parametrize("indicator", [[], {}])
def test_an_indicator_of_another_type_is_none(indicator: object) -> None:
    assert published({"status": {"indicator": indicator, "description": "All fine"}}) is None


def test_a_status_is_told_in_the_shape_of_the_public_api() -> None:
    assert PageStatus(*MINOR).raw() == {"indicator": MINOR[0], "description": MINOR[1]}


@pytest.mark.parametrize(
    ("page", "public"),
    [
        ({}, True),
        ({"viewers_must_be_team_members": False, "ip_restrictions": None}, True),
        ({"viewers_must_be_team_members": False, "ip_restrictions": ""}, True),
        ({"viewers_must_be_team_members": True}, False),
        ({"ip_restrictions": "10.0.0.0/8"}, False),
    ],
)
def test_a_page_for_members_or_known_addresses_is_not_public(
    page: dict[str, Any],
    public: bool,  # noqa: FBT001
) -> None:
    assert is_public(page) is public
