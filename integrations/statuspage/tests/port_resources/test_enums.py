"""Every status that the API can return has its value and its colour."""

from collections.abc import Iterator

import pytest

from .catalog import COLORS
from .shipped import Json, blueprints

IMPACTS = {"none", "maintenance", "minor", "major", "critical"}
COMPONENT_STATUSES = {
    "operational",
    "under_maintenance",
    "degraded_performance",
    "partial_outage",
    "major_outage",
}
# The manage API calls an incident with a published post-mortem resolved, the public one does not.
STAGES = {
    *("investigating", "identified", "monitoring", "resolved", "postmortem"),
    *("scheduled", "in_progress", "verifying", "completed"),
}


def _enums() -> Iterator[tuple[str, Json]]:
    for identifier, blueprint in blueprints().items():
        for name, schema in blueprint["schema"]["properties"].items():
            if "enum" in schema:
                yield f"{identifier}.{name}", schema


ENUMS = list(_enums())


@pytest.mark.parametrize(
    ("blueprint", "name", "values"),
    [
        ("statuspage", "status_indicator", IMPACTS),
        ("statuspageComponentGroup", "status", COMPONENT_STATUSES),
        ("statuspageComponent", "status", COMPONENT_STATUSES),
        ("statuspageIncident", "status", STAGES),
        ("statuspageIncident", "impact", IMPACTS),
        ("statuspageIncident", "impact_override", IMPACTS),
        ("statuspageIncidentUpdate", "status", STAGES),
    ],
)
def test_enum_has_every_value_that_the_api_returns(
    blueprint: str, name: str, values: set[str]
) -> None:
    assert set(blueprints()[blueprint]["schema"]["properties"][name]["enum"]) == values


@pytest.mark.parametrize(("place", "schema"), ENUMS)
def test_every_enum_value_has_a_colour_of_ports(place: str, schema: Json) -> None:
    assert set(schema["enumColors"]) == set(schema["enum"]), place
    assert set(schema["enumColors"].values()) <= COLORS, place


@pytest.mark.parametrize("blueprint", ["statuspageIncident", "statuspageIncidentUpdate"])
def test_category_has_a_colour_for_both_its_values(blueprint: str) -> None:
    category = blueprints()[blueprint]["calculationProperties"]["category"]

    assert set(category["colors"]) == {"incident", "maintenance"}
    assert set(category["colors"].values()) <= COLORS
