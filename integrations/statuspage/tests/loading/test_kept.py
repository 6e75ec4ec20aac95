"""What is held of an entity that is loaded."""

import copy
import tracemalloc
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from port_ocean.clients.port.mixins.entities import EntityClientMixin
from port_ocean.core.models import Entity

from loading.kept import kept

TARGETS = st.none() | st.text() | st.lists(st.text()) | st.dictionaries(st.text(), st.integers())


@given(st.text(), st.text(), st.dictionaries(st.text(), TARGETS))
def test_it_is_what_ocean_keeps(identifier: str, blueprint: str, relations: dict[str, Any]) -> None:
    entity = Entity(
        identifier=identifier, blueprint=blueprint, properties={"a": 1}, relations=relations
    )

    assert kept(entity) == EntityClientMixin._reduce_entity(entity)  # noqa: SLF001 (what is promised)


def test_it_answers_whatever_an_entity_answers() -> None:
    entity = Entity(identifier="i", blueprint="b", relations={"page": "p", "none": None})
    one = kept(entity)

    for name in dir(entity):
        if not name.startswith("_"):
            assert callable(getattr(entity, name)) or getattr(one, name) == getattr(entity, name)
    assert one.dict() == entity.dict()
    assert one.copy(update={"title": "t"}).title == "t"
    assert not hasattr(one, "something else")


def test_it_can_be_copied() -> None:
    one = kept(Entity(identifier="i", blueprint="b", relations={"page": ["p", "q"]}))

    assert copy.deepcopy(one) == one


def bytes_held(keep: Callable[[Entity], Entity]) -> int:
    """Return what a thousand entities take that are kept this way, with parents of their own."""
    tracemalloc.start()
    held = [
        keep(Entity(identifier=f"i{number}", blueprint="b", relations={"page": f"p{number % 9}"}))
        for number in range(1000)
    ]
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(held) == 1000
    return taken


def test_it_takes_less_than_a_third_of_what_ocean_takes() -> None:
    ocean = bytes_held(EntityClientMixin._reduce_entity)  # noqa: SLF001 (what is compared)

    assert bytes_held(kept) < 0.33 * ocean, ocean
