"""Whatever odd values a page sends, the mapping gives an entity that Port takes."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.odd_objects import LONG, TWEET, all_fields_odd, each_field_odd

from .catalog import faults
from .shipped import KINDS, Json, blueprint_of, examples, map_one, selected

# What Port takes in one request.
MOST_BYTES = 1024 * 1024


def _example(kind: str, **changes: object) -> Json:
    return {**next(iter(examples(kind).values())), **changes}


def _enums(kind: str) -> Json:
    properties = blueprint_of(kind)["schema"]["properties"]
    return {name: schema["enum"] for name, schema in properties.items() if "enum" in schema}


def _sent(kind: str, name: str, value: str) -> Json:
    """An object in which the API, or the integration, gives a property that value."""
    if kind == "statuspage":
        return _example(kind, __status={"indicator": value, "description": "x"})
    return _example(kind, **{"__status" if kind == "component_group" else name: value})


ENUMS = [(kind, name) for kind in KINDS for name in _enums(kind)]


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_every_object_arrives_however_odd(kind: str, data: st.DataObject) -> None:
    raw = data.draw(all_fields_odd(kind))
    entity = map_one(kind, raw)

    assert selected(kind, raw) or raw["group"] is True
    assert faults(entity) == []
    assert json.dumps(entity, allow_nan=False), "Ocean cannot send what is no JSON"


@pytest.mark.parametrize("kind", KINDS)
def test_no_odd_value_in_any_field_keeps_an_object_out(kind: str) -> None:
    refused = {fault for raw in each_field_odd(kind) for fault in faults(map_one(kind, raw))}

    assert refused == set()


def test_texts_arrive_whole_at_any_length() -> None:
    raw = _example("incident", postmortem_body=LONG)
    raw["incident_updates"][0]["body"] = LONG
    entity = map_one("incident", raw)

    assert entity["properties"]["postmortem_body"] == LONG
    assert len(json.dumps(entity).encode()) < MOST_BYTES


@pytest.mark.parametrize(("tweet", "text"), [(TWEET, str(TWEET)), ("18", "18"), (None, None)])
def test_a_tweet_keeps_all_its_digits(tweet: object, text: str | None) -> None:
    raw = _example("incident_update", tweet_id=tweet)

    assert map_one("incident_update", raw)["properties"]["tweet_id"] == text


@pytest.mark.parametrize(("kind", "name"), ENUMS)
def test_a_value_that_the_blueprint_lists_is_shown_as_it_is(kind: str, name: str) -> None:
    for value in _enums(kind)[name]:
        properties = map_one(kind, _sent(kind, name, value))["properties"]

        assert properties[name] == value
        assert properties.get("unlisted_values") is None


@pytest.mark.parametrize(("kind", "name"), ENUMS)
def test_a_value_that_the_blueprint_does_not_list_replaces_the_old_one(
    kind: str, name: str
) -> None:
    """Port would refuse the entity with it, and go on showing the state before."""
    properties = map_one(kind, _sent(kind, name, "made_up_value"))["properties"]

    assert properties[name] is None
    # A page tells its state in words beside.
    assert kind == "statuspage" or properties["unlisted_values"] == f"{name}: made_up_value"


def test_all_values_that_are_not_listed_are_named() -> None:
    raw = _example("incident", status="paused", impact="huge", impact_override=3)

    assert map_one("incident", raw)["properties"]["unlisted_values"] == (
        "status: paused, impact: huge, impact_override: 3"
    )


@pytest.mark.parametrize("group", [None, False, "absent"])
def test_a_component_that_does_not_say_that_it_is_a_group_is_none(group: object) -> None:
    raw = _example("component", group=group)
    if group == "absent":
        del raw["group"]

    assert selected("component", raw)
