"""Whatever a form or a template gives is a value of the right kind, or one sentence."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.errors import WrongInput
from actions.inputs import Inputs

ENTITY = {"identifier": "abc", "title": "API", "blueprint": "statuspageComponent"}


def read(value: Any) -> Inputs:
    return Inputs({"x": value})


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (" a ", "a"), (7, "7"), ("", None), ("  ", None), (None, None), (ENTITY, "abc")],
)
def test_a_text_may_be_a_number_or_an_entity_and_an_empty_one_was_not_given(
    value: Any, text: str | None
) -> None:
    assert read(value).text("x") == text


def test_what_was_not_named_was_not_given() -> None:
    assert Inputs({}).text("x") is None
    assert Inputs({}).statuses("x", None) == {}
    assert Inputs({}).flag("x", default=True) is True


@pytest.mark.parametrize("value", [True, ["a"]])
def test_what_is_no_text_is_told(value: Any) -> None:
    with pytest.raises(WrongInput, match=r"x is .*: a text was expected"):
        read(value).text("x")


@pytest.mark.parametrize("value", [None, "", " "])
def test_what_is_needed_and_missing_is_told(value: Any) -> None:
    with pytest.raises(WrongInput, match=r"x is missing\."):
        read(value).required("x")


@pytest.mark.parametrize(
    ("value", "flag"),
    [(True, True), ("true", True), ("Yes", True), (1, True), (False, False), ("false", False)],
)
def test_a_flag_may_be_written_out(value: Any, flag: bool) -> None:  # noqa: FBT001
    assert read(value).flag("x", default=not flag) is flag


def test_a_flag_that_is_none_is_told() -> None:
    with pytest.raises(WrongInput, match="it can be true or false"):
        read("perhaps").flag("x")


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2027-05-01T22:00:00Z", datetime(2027, 5, 1, 22, tzinfo=UTC)),
        ("2027-05-01T22:00:00.500+02:00", datetime(2027, 5, 1, 20, 0, 0, 500_000, tzinfo=UTC)),
        ("2027-05-01T22:00:00", datetime(2027, 5, 1, 22, tzinfo=UTC)),
        ("2027-05-01", datetime(2027, 5, 1, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_meant_in_utc(value: str, moment: datetime) -> None:
    assert read(value).moment("x") == moment


def test_a_time_keeps_its_zone() -> None:
    told = read("2027-05-01T22:00:00+02:00").moment("x")

    assert told is not None
    assert told.tzinfo == timezone(timedelta(hours=2))


@pytest.mark.parametrize("value", ["soon", "2027-13-01", 5])
def test_a_time_that_is_none_is_told(value: Any) -> None:
    with pytest.raises(WrongInput, match="write a time such as"):
        read(value).moment("x")


@pytest.mark.parametrize(("value", "minutes"), [(90, 90), ("90", 90), ("1.5", 1.5)])
def test_a_length_is_in_minutes(value: Any, minutes: float) -> None:
    assert read(value).minutes("x") == timedelta(minutes=minutes)


@pytest.mark.parametrize("value", [0, "-5", "an hour", "1e400", "nan"])
def test_a_length_that_is_none_is_told(value: Any) -> None:
    with pytest.raises(WrongInput, match="write a number of minutes"):
        read(value).minutes("x")


@pytest.mark.parametrize(
    ("value", "statuses"),
    [
        (["abc", "def"], {"abc": "major_outage", "def": "major_outage"}),
        ([ENTITY], {"abc": "major_outage"}),
        (ENTITY, {"abc": "major_outage"}),
        ("API, Shop / Search", {"API": "major_outage", "Shop / Search": "major_outage"}),
        ('["abc"]', {"abc": "major_outage"}),
        ({"API": "partial_outage", "Shop": None}, {"API": "partial_outage", "Shop": None}),
        ('{"API": "partial_outage"}', {"API": "partial_outage"}),
        ([], {}),
        ("", {}),
        (None, {}),
    ],
)
def test_components_are_a_list_or_have_each_a_status(
    value: Any, statuses: dict[str, str | None]
) -> None:
    assert read(value).statuses("x", "major_outage") == statuses


@pytest.mark.parametrize("value", [[7], [["a"]], 7, {"API": 7}, {"API": ["down"]}])
def test_components_that_are_none_are_told(value: Any) -> None:
    with pytest.raises(WrongInput):
        read(value).statuses("x", None)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=4,
)


@given(VALUES | VALUES.map(json.dumps))
def test_whatever_comes_is_a_value_or_one_sentence(value: Any) -> None:
    inputs = read(value)
    for ask in (
        inputs.text,
        inputs.required,
        inputs.identifier,
        inputs.flag,
        inputs.moment,
        inputs.minutes,
        inputs.fields,
        lambda name: inputs.statuses(name, None),
    ):
        try:
            ask("x")
        except WrongInput as error:
            assert str(error).endswith(".")  # noqa: PT017 (no error is fine too)
