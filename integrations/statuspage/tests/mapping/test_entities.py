"""An entity is made without checks only where the checks would change nothing."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from port_ocean.core.models import Entity

from mapping.entities import entity

VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NAMES = [*Entity.__fields__, "createdAt", "scorecards"]


def outcome(make: Any, raw: dict[str, Any]) -> Any:
    try:
        made = make(raw)
    except ValueError as error:
        return str(error)
    # As texts, since 1 is not true.
    return [
        repr(made.dict()),
        repr(made.dict(exclude_unset=True)),
        repr(made.dict(exclude_unset=True, by_alias=True)),
        made.__fields_set__,
    ]


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
@example({"identifier": "a", "blueprint": "b", "properties": None})
@example({"identifier": "a", "blueprint": "b", "relations": []})
@example({"identifier": "a", "blueprint": "b", "icon": 5})
@example({"identifier": "a", "blueprint": "b", "team": 5})
@example({"identifier": "a", "blueprint": "b", "team": {"rules": []}, "properties": {"a": 1}})
def test_it_is_what_oceans_model_makes(raw: dict[str, Any]) -> None:
    assert outcome(entity, raw) == outcome(Entity.parse_obj, raw)


@pytest.mark.parametrize("part", ["team", "properties", "relations"])
def test_two_entities_share_nothing(part: str) -> None:
    one, other = entity({"identifier": "a"}), entity({"identifier": "b"})
    assert getattr(one, part) is not getattr(other, part)


def test_it_is_equal_to_oceans_own() -> None:
    raw = {"identifier": "a", "blueprint": "b", "properties": {"c": 1}}
    assert entity(raw) == Entity.parse_obj(raw)
    assert Entity.parse_obj(raw) == entity(raw)
    assert entity(raw) != Entity.parse_obj({**raw, "title": "d"})
