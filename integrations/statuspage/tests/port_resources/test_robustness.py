"""Whatever optional field is null or missing, the mapping gives an entity that Port takes."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .catalog import faults
from .shipped import KINDS, Json, examples, map_one

# The one field that no object comes without, beside its id: an update belongs to an incident.
REQUIRED = {"id", "incident_id"}
ABSENT = object()


def _thinned(value: Any) -> st.SearchStrategy[Any]:
    """The same value with any of its fields as they are, null or gone, at any depth."""
    if isinstance(value, dict):
        fields = {
            key: st.just(part)
            if key in REQUIRED
            else st.one_of(_thinned(part), st.none(), st.just(ABSENT))
            for key, part in value.items()
        }
        return st.fixed_dictionaries(fields).map(_without_absent)
    if isinstance(value, list):
        items = [st.one_of(_thinned(item), st.none()) for item in value]
        return st.tuples(*items).map(list) | st.just([])
    return st.just("") if value == "" else st.just(value)


def _without_absent(value: Json) -> Json:
    return {key: part for key, part in value.items() if part is not ABSENT}


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None)
@given(data=st.data())
def test_no_optional_field_is_needed(kind: str, data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from(sorted(examples(kind).items())).map(lambda item: item[1]))
    entity = map_one(kind, data.draw(_thinned(raw)))

    assert faults(entity) == []
