"""The dashboard keeps Port's rules, and shows what the blueprints have."""

from collections.abc import Iterator

import pytest

from .catalog import COLORS, META, QUERY_OPERATORS, property_schema, wrong_values
from .shipped import Json, actions, blueprints, pages

COMMON = {"id", "type", "title", "icon", "description"}
# Required keys first, then those allowed beside them.
WIDGETS: dict[str, tuple[set[str], set[str]]] = {
    "entities-number-chart": (
        {"unit", "unitCustom", "blueprint", "chartType", "func", "dataset"},
        {"calculationBy", "conditionalFormatting"},
    ),
    "entities-pie-chart": ({"dataset", "property"}, {"blueprint"}),
    "line-chart": (
        {"blueprint", "chartType", "func", "measureTimeBy"},
        {"breakdownProperty", "timeInterval", "timeRange", "xAxisTitle", "yAxisTitle", "dataset"},
    ),
    "action-card-widget": ({"actions"}, set()),
    "table-entities-explorer": ({"dataset"}, {"displayMode", "blueprintConfig", "emptyStateText"}),
}
OPEN = ["investigating", "identified", "monitoring"]


ROOTS = [root for page in pages() for root in page["widgets"]]
SHOWN = [pytest.param(widget, id=widget["id"]) for root in ROOTS for widget in root["widgets"]]


ABOUT_ENTITIES = [
    pytest.param(widget, id=widget["id"])
    for root in ROOTS
    for widget in root["widgets"]
    if widget["type"] != "action-card-widget"
]


def _blueprint(widget: Json) -> str:
    """The blueprint that the widget shows: named by itself, or by a rule of its dataset."""
    if "blueprint" in widget:
        return str(widget["blueprint"])
    rules = widget["dataset"]["rules"]
    return str(next(rule["value"] for rule in rules if rule["property"] == "$blueprint"))


def _shown(widget: Json) -> Iterator[str]:
    if "property" in widget:
        section, _, name = widget["property"].partition("#")
        assert section == "property"
        yield name
    yield from (widget[key] for key in ("measureTimeBy", "breakdownProperty") if key in widget)
    for config in widget.get("blueprintConfig", {}).values():
        yield from config["propertiesSettings"]["shown"]
        yield from config["propertiesSettings"]["order"]
        yield from (sort["property"] for sort in config["sortSettings"]["sortBy"])


def test_every_page_is_a_dashboard_with_one_root() -> None:
    roots = [[root["type"] for root in page["widgets"]] for page in pages()]

    assert roots == [["dashboard-widget"]] * len(pages())
    assert {page["type"] for page in pages()} == {"dashboard"}


@pytest.mark.parametrize("root", ROOTS)
def test_rows_fill_their_width(root: Json) -> None:
    widths = [sum(column["size"] for column in row["columns"]) for row in root["layout"]]

    assert set(widths) == {12}


@pytest.mark.parametrize("root", ROOTS)
def test_every_widget_has_one_place(root: Json) -> None:
    placed = [column["id"] for row in root["layout"] for column in row["columns"]]

    assert sorted(placed) == sorted(widget["id"] for widget in root["widgets"])
    assert len(placed) == len(set(placed))


@pytest.mark.parametrize("widget", SHOWN)
def test_widget_has_the_keys_of_its_type(widget: Json) -> None:
    required, allowed = WIDGETS[widget["type"]]

    assert required | COMMON <= set(widget) <= required | allowed | COMMON


@pytest.mark.parametrize("widget", ABOUT_ENTITIES)
def test_widget_shows_properties_and_relations_that_exist(widget: Json) -> None:
    blueprint = _blueprint(widget)
    relations = set(blueprints()[blueprint]["relations"])

    for name in set(_shown(widget)) - META - relations:
        assert property_schema(blueprint, name)


@pytest.mark.parametrize("widget", ABOUT_ENTITIES)
def test_widget_configures_the_blueprint_that_it_shows(widget: Json) -> None:
    assert set(widget.get("blueprintConfig", {})) <= {_blueprint(widget)}
    assert _blueprint(widget) in blueprints()


@pytest.mark.parametrize("widget", ABOUT_ENTITIES)
def test_dataset_asks_for_values_that_the_blueprint_can_have(widget: Json) -> None:
    for rule in widget.get("dataset", {"rules": []})["rules"]:
        assert rule["operator"] in QUERY_OPERATORS
        if rule["property"] not in META and rule["operator"] != "between":
            assert not wrong_values(
                property_schema(_blueprint(widget), rule["property"]), rule["value"]
            )


def test_cards_offer_actions_that_are_shipped() -> None:
    cards = [widget for root in ROOTS for widget in root["widgets"] if "actions" in widget]
    offered = {one["action"] for card in cards for one in card["actions"]}

    assert offered
    assert offered <= {action["identifier"] for action in actions()}


@pytest.mark.parametrize("widget", SHOWN)
def test_formatting_has_colours_of_ports(widget: Json) -> None:
    assert {rule["color"] for rule in widget.get("conditionalFormatting", [])} <= COLORS


def test_the_number_of_open_incidents_counts_only_what_is_open() -> None:
    widgets = (widget for root in ROOTS for widget in root["widgets"])
    number = next(widget for widget in widgets if widget["id"] == "openIncidents")

    assert number["dataset"]["rules"] == [{"property": "status", "operator": "in", "value": OPEN}]
