"""Where a mapping keeps what tells that an incident is open, read off the mapping itself."""

from typing import Any

import pytest
from port_ocean.core.handlers.port_app_config.models import EntityMapping
from port_ocean.core.models import Entity

from resync.believed import Believed, Keys, fixed_text, keys_of, query, value_at
from tests.port_resources.shipped import mappings

KEPT = {"status": ".status"}
PAGE = {"statuspage": ".page_id"}


def mapping(**changes: Any) -> EntityMapping:
    """Return a mapping of incidents that keeps what it should, but for some changes."""
    usual = {
        "identifier": ".id",
        "blueprint": '"statuspageIncident"',
        "properties": KEPT,
        "relations": PAGE,
    }
    return EntityMapping(**{**usual, **changes})


def entity(**changes: Any) -> Entity:
    """Return an entity as Port's search brings it."""
    usual = {"identifier": "inc1", "blueprint": "statuspageIncident", "icon": None, "title": None}
    return Entity(**{**usual, **changes})


def test_the_shipped_mapping_keeps_everything() -> None:
    assert keys_of(EntityMapping(**mappings("incident"))) == Keys(
        blueprint="statuspageIncident",
        incident="$identifier",
        page="relations.statuspage",
        status="properties.status",
    )


def test_own_names_and_places_are_found() -> None:
    own = mapping(
        identifier='.page_id + "-" + .id',
        blueprint="'outage'",
        properties={"code": " .id ", "phase": ".status", "home": ".page_id"},
        relations={},
    )

    assert keys_of(own) == Keys("outage", "properties.code", "properties.home", "properties.phase")


def test_the_identifier_comes_before_a_property_that_repeats_it() -> None:
    keys = keys_of(mapping(properties={**KEPT, "id": ".id"}))

    assert keys is not None
    assert keys.incident == "$identifier"


@pytest.mark.parametrize(
    "lacking",
    [
        {"identifier": ".name"},
        {"relations": {}},
        {"properties": {}},
        {"properties": {"status": ".status | ascii_upcase"}},
        {"blueprint": ".kind"},
        {"blueprint": '"a" + "b"'},
    ],
    ids=["id", "page", "status", "changed status", "blueprint", "added blueprint"],
)
def test_a_mapping_that_drops_something_keeps_nothing(lacking: dict[str, Any]) -> None:
    assert keys_of(mapping(**lacking)) is None


def test_a_relation_that_is_a_search_is_passed_over() -> None:
    search = {"combinator": "and", "rules": [{"property": "a", "operator": "=", "value": ".id"}]}
    keys = keys_of(mapping(relations={"team": search, **PAGE}))

    assert keys is not None
    assert keys.page == "relations.statuspage"


@pytest.mark.parametrize(
    ("jq", "text"),
    [
        ('"outage"', "outage"),
        ("'outage'", "outage"),
        (' "outage" ', "outage"),
        ('"two words"', "two words"),
        (".blueprint", None),
        ("outage", None),
        ('""', None),
        ('"a', None),
        ("\"a'", None),
        ('"a" + "b"', None),
        ('"a\\(.id)"', None),
        ("", None),
    ],
)
def test_only_a_text_is_a_fixed_text(jq: str, text: str | None) -> None:
    assert fixed_text(jq) == text


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("$identifier", "inc1"),
        ("properties.status", "monitoring"),
        ("properties.lacking", None),
        ("properties.number", None),
        ("relations.statuspage", "page1"),
        ("relations.many", None),
    ],
)
def test_a_value_is_read_where_the_key_says(key: str, value: str | None) -> None:
    found = entity(
        properties={"status": "monitoring", "number": 3},
        relations={"statuspage": "page1", "many": ["page1"]},
    )

    assert value_at(found, key) == value


def test_the_search_asks_for_the_open_incidents_of_the_blueprint() -> None:
    rules = query(Keys("outage", "$identifier", "relations.page", "properties.phase"))["rules"]

    assert {"property": "$blueprint", "operator": "=", "value": "outage"} in rules
    assert {
        "property": "phase",
        "operator": "in",
        "value": [
            *("identified", "in_progress", "investigating"),
            *("monitoring", "scheduled", "verifying"),
        ],
    } in rules


def test_what_is_believed_is_told_by_page() -> None:
    held = entity()
    believed = Believed({"page1": {"inc1": [held]}, "page2": {"inc2": [], "inc3": []}})

    assert believed.ids() == {"page1": frozenset({"inc1"}), "page2": frozenset({"inc2", "inc3"})}
    assert believed.of("page1", "inc1") == [held]
    assert believed.of("page1", "other") == []
    assert believed.of("other", "inc1") == []
