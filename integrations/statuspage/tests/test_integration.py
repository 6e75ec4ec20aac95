"""The mapping as users write it: the shipped one is good, nonsense is refused."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from port_ocean.core.handlers.port_app_config.validators import (
    get_port_app_config_kinds,
    validate_and_get_config_schema,
)
from pydantic.v1 import ValidationError

from integration import StatuspageIntegration, StatuspagePortAppConfig
from kinds import ObjectKind, Scope
from resync.streams import Components, Groups, Incidents, IncidentUpdates, Pages
from statuspage import Collection
from tests.port_resources.shipped import mapping_config

WITH_STATUS = ["statuspage", "component_group"]
WITH_SCOPES = ["incident", "incident_update"]


def block(kind: str, **selector: Any) -> Any:
    """Return one block of a mapping as it is parsed."""
    entity = {"identifier": ".id", "blueprint": '"any"'}
    raw = {
        "kind": kind,
        "selector": {"query": "true", **selector},
        "port": {"entity": {"mappings": entity}},
    }
    return StatuspagePortAppConfig(resources=[raw]).resources[0]


def test_the_shipped_mapping_is_read_as_it_is_written() -> None:
    config = StatuspagePortAppConfig(**mapping_config())

    assert [one.kind for one in config.resources] == list(ObjectKind)
    assert config.delete_dependent_entities is True


def test_the_shipped_mapping_reads_everything() -> None:
    streams = [one.stream for one in StatuspagePortAppConfig(**mapping_config()).resources]

    assert streams == [
        Pages(current_status=True),
        Groups(current_status=True),
        Components(),
        Incidents(scopes=(Collection.INCIDENTS,)),
        IncidentUpdates(Incidents(scopes=(Collection.INCIDENTS,))),
    ]


def test_ocean_finds_the_mapping_and_its_kinds() -> None:
    config = StatuspageIntegration.AppConfigHandlerClass.CONFIG_CLASS

    assert config is StatuspagePortAppConfig
    assert get_port_app_config_kinds(config) == sorted(ObjectKind)


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError):
        block("metric")


@pytest.mark.parametrize("kind", list(ObjectKind))
def test_a_stored_mapping_that_knows_no_selector_reads_all(kind: str) -> None:
    assert block(kind).stream in [
        Pages(),
        Groups(),
        Components(),
        Incidents(),
        IncidentUpdates(Incidents()),
    ]


@pytest.mark.parametrize("kind", WITH_STATUS)
def test_the_current_status_can_be_switched_off(kind: str) -> None:
    assert block(kind).stream.current_status is True
    assert block(kind, currentStatus=False).stream.current_status is False


@pytest.mark.parametrize("kind", WITH_STATUS)
def test_a_current_status_that_is_neither_on_nor_off_is_refused(kind: str) -> None:
    with pytest.raises(ValidationError, match="currentStatus"):
        block(kind, currentStatus="sometimes")


@pytest.mark.parametrize(
    ("scope", "collection"),
    [
        ("all", Collection.INCIDENTS),
        ("unresolved", Collection.UNRESOLVED),
        ("scheduled", Collection.SCHEDULED),
        ("upcoming", Collection.UPCOMING),
        ("active_maintenance", Collection.ACTIVE_MAINTENANCE),
    ],
)
@pytest.mark.parametrize("kind", WITH_SCOPES)
def test_each_scope_names_a_list(kind: str, scope: str, collection: Collection) -> None:
    assert block(kind, scopes=[scope]).stream.collections == (collection,)


def test_every_scope_has_a_list_of_its_own() -> None:
    assert len({scope.collection for scope in Scope}) == len(Scope)


@pytest.mark.parametrize("kind", WITH_SCOPES)
@pytest.mark.parametrize("scopes", [["everything"], ["all", "open"], [], None, "all", [1]])
def test_scopes_that_do_not_exist_are_refused(kind: str, scopes: object) -> None:
    with pytest.raises(ValidationError, match="scopes"):
        block(kind, scopes=scopes)


@pytest.mark.parametrize("kind", WITH_SCOPES)
@pytest.mark.parametrize("days", [0, -3, "many"])
def test_ages_that_make_no_sense_are_refused(kind: str, days: object) -> None:
    with pytest.raises(ValidationError, match="createdWithinDays"):
        block(kind, createdWithinDays=days)


@pytest.mark.parametrize("kind", WITH_SCOPES)
def test_an_age_is_counted_back_from_now(kind: str) -> None:
    earliest = datetime.now(UTC) - timedelta(days=30)
    stream = block(kind, createdWithinDays=30).stream
    latest = datetime.now(UTC) - timedelta(days=30)

    incidents = stream.incidents if kind == "incident_update" else stream
    assert earliest <= incidents.created_after <= latest


def test_an_age_of_centuries_does_not_break_the_mapping() -> None:
    stream = block("incident", createdWithinDays=999_999).stream

    assert stream.wants({"status": "resolved", "created_at": "2014-01-01T00:00:00Z"})


def test_ocean_s_form_offers_every_selector() -> None:
    kinds = validate_and_get_config_schema(StatuspagePortAppConfig)["kinds"]
    offered = {
        kind: {name for name in form["selectors"]["properties"] if name != "exportEnvVariables"}
        for kind, form in kinds.items()
    }

    assert offered == {
        "statuspage": {"query", "currentStatus"},
        "component_group": {"query", "currentStatus"},
        "component": {"query"},
        "incident": {"query", "scopes", "createdWithinDays"},
        "incident_update": {"query", "scopes", "createdWithinDays"},
    }
    assert json.dumps(kinds)


def test_the_json_schema_describes_every_selector_and_knows_the_scopes() -> None:
    definitions = StatuspagePortAppConfig.schema()["definitions"]
    selectors = [definitions[name] for name in ("StatusSelector", "IncidentSelector")]

    assert all(field["description"] for one in selectors for field in one["properties"].values())
    assert definitions["Scope"]["enum"] == [
        *("all", "unresolved", "scheduled", "upcoming", "active_maintenance")
    ]
    assert json.dumps(definitions)
