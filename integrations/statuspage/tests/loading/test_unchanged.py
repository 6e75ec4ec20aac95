"""What Port holds already is told as Ocean tells it."""

from collections.abc import AsyncGenerator
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from port_ocean.core.models import Entity
from port_ocean.core.utils.utils import are_entities_different, resolve_entities_diff

from loading.unchanged import changed, is_unchanged

SCALARS: Any = st.sampled_from([None, True, False, 0, 1, 1.0, 0.0, -0.0, "", "1", "a"])
VALUES: Any = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)
FIELDS = st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3)
TEAMS = st.none() | st.sampled_from(["a", ""]) | st.lists(st.sampled_from("ab"), max_size=2)
ENTITIES = st.builds(
    Entity,
    identifier=st.sampled_from(["1", "2", 1, "a"]),
    blueprint=st.sampled_from(["x", "y"]),
    title=SCALARS,
    team=TEAMS,
    properties=FIELDS,
    relations=FIELDS,
)


@given(ENTITIES, ENTITIES)
def test_two_entities_are_the_same_where_ocean_says_so(ours: Entity, held: Entity) -> None:
    assert is_unchanged(ours, held) == (not are_entities_different(held, ours))


@given(ENTITIES, st.booleans())
def test_one_that_went_to_port_and_back_is_the_same(ours: Entity, nulls: bool) -> None:  # noqa: FBT001
    held = ours.copy(deep=True)
    if nulls:
        # What Port adds for properties that it knows and the mapping does not bring.
        held.properties["d"] = None
    assert is_unchanged(ours, held) == (not are_entities_different(held, ours))


@given(st.lists(ENTITIES, max_size=4), st.lists(st.lists(ENTITIES, max_size=3), max_size=2))
@example([Entity(identifier=5, blueprint="x")], [[Entity(identifier="5", blueprint="x")]])
async def test_a_batch_is_left_with_what_ocean_would_write(
    ours: list[Entity], answers: list[list[Entity]]
) -> None:
    async def held() -> AsyncGenerator[list[Entity], None]:
        for answer in answers:
            yield answer

    # Ocean calls an entity searched for if a relation or team of it is an object.
    ours = [one for one in ours if not one.is_using_search_relation]
    flat = [one for answer in answers for one in answer]
    assert changed(ours, flat) == await resolve_entities_diff(ours, held())
