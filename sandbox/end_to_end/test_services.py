"""Components related to services, by the files and in the order of the guide's page."""

from typing import Any

import pytest
import yaml

from end_to_end.company import SMALL, component_id
from end_to_end.loop import Loop
from launcher.paths import INTEGRATION

FILES = INTEGRATION / "examples" / "services"
# The components of the example; a fourth one belongs to no service.
NAMES = {1: "Tracking API", 2: "Tracking page", 3: "Label printing"}


def example(name: str) -> Any:
    return yaml.safe_load((FILES / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def related(shared: Loop) -> Loop:
    """A catalog with services, after the four changes and a resync."""
    for number, name in NAMES.items():
        shared.statuspage.change_component(SMALL, component_id(SMALL, number), name=name)
    catalog = shared.catalog
    catalog.add_blueprint("service", ["tracking", "labels", "payments"])
    catalog.add_to_blueprint("statuspageComponent", "relations", example("relation.json"))
    catalog.add_to_relations("my-statuspage-integration", "component", example("mapping.yaml"))
    catalog.add_to_blueprint("service", "aggregationProperties", example("numbers.json"))
    catalog.add_scorecard("service", example("scorecard.json"))
    assert shared.resync().why_it_failed is None
    return shared


def service(loop: Loop, identifier: str) -> tuple[list[int], str]:
    """Return what the catalog tells of a service: its numbers, and the level that it reaches."""
    found = loop.catalog.entity("service", identifier)
    numbers = [found["properties"][name] for name in example("numbers.json")]
    return numbers, found["scorecards"]["public_status"]["level"]


def test_a_component_belongs_to_the_service_that_the_mapping_names_or_to_none(
    related: Loop,
) -> None:
    components = related.catalog.entities()["statuspageComponent"]

    assert {
        number: components[component_id(SMALL, number)]["relations"].get("service")
        for number in (1, 2, 3, 4)
    } == {1: "tracking", 2: "tracking", 3: "labels", 4: None}


def test_a_service_without_components_stays_on_the_lowest_level(related: Loop) -> None:
    assert service(related, "payments") == ([0, 0, 0], "Basic")


def test_an_incident_on_a_component_lowers_its_service_and_no_other(related: Loop) -> None:
    before = service(related, "tracking"), service(related, "labels")
    related.statuspage.open_incident(
        SMALL,
        name="Positions are old",
        status="investigating",
        body="We look into it.",
        component_ids=[component_id(SMALL, 1)],
        components={component_id(SMALL, 1): "partial_outage"},
    )

    assert related.resync().why_it_failed is None

    assert before == (([2, 0, 0], "Gold"), ([1, 0, 0], "Gold"))
    assert service(related, "tracking") == ([2, 1, 1], "Bronze")
    assert service(related, "labels") == ([1, 0, 0], "Gold")
