"""A look never takes more requests than there are objects to look at, but for one list."""

from hypothesis import given
from hypothesis import strategies as st

from live_events.plan import FEW, ComponentPlan, IncidentPlan, components, incidents
from statuspage import PAGE_SIZE

WANTED = st.integers(0, 200)


@given(wanted=WANTED)
def test_incidents_never_take_more_requests_than_there_are(wanted: int) -> None:
    plan = incidents(wanted)

    assert plan.lists * 2 + plan.alone <= wanted
    assert plan.alone <= FEW


def test_a_few_incidents_are_read_each_alone_and_more_from_lists() -> None:
    assert incidents(0) == IncidentPlan(lists=False, alone=0)
    assert incidents(FEW) == IncidentPlan(lists=False, alone=FEW)
    assert incidents(FEW + 1) == IncidentPlan(lists=True, alone=2)
    assert incidents(50) == IncidentPlan(lists=True, alone=FEW)


@given(wanted=WANTED, rows=st.none() | st.integers(0, 10_000), is_public=st.booleans())
def test_components_never_take_more_requests_than_there_are(
    wanted: int, rows: int | None, *, is_public: bool
) -> None:
    plan = components(wanted, rows, is_public=is_public)
    lists = (rows or 0) // PAGE_SIZE + 1 if plan.lists else 0

    assert lists + plan.alone <= wanted
    assert plan.alone <= FEW


def test_one_component_of_a_public_page_is_read_alone() -> None:
    assert components(1, 12, is_public=True) == ComponentPlan(lists=False, alone=1)


def test_one_component_of_a_private_page_is_worth_the_list_which_shows_its_group_too() -> None:
    assert components(1, 12, is_public=False) == ComponentPlan(lists=True, alone=0)
    assert components(1, PAGE_SIZE, is_public=False) == ComponentPlan(lists=False, alone=1)


def test_a_list_whose_length_is_not_known_is_not_read_for_a_few() -> None:
    assert components(FEW, None, is_public=True) == ComponentPlan(lists=False, alone=FEW)


def test_no_component_takes_no_request() -> None:
    assert components(0, None, is_public=False) == ComponentPlan(lists=False, alone=0)
