"""What the README says of the API and of settings is all that there is."""

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from statuspage_server.config import DisruptionDetection, PageConfig
from statuspage_server.web.app import build_app
from statuspage_server.web.nobl9.paths import ACCESS_TOKEN, STATUS_PAGE

README = Path(__file__).parents[1] / "README.md"


@cache
def text() -> str:
    return README.read_text(encoding="utf-8")


def first_cells(head: str) -> list[str]:
    """The words in backticks in the first column of the table with this head."""
    table = text().partition(f"| {head}")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


def defaults(head: str) -> dict[str, str]:
    table = text().partition(f"| {head}")[2].partition("\n\n")[0]
    rows = [line.split("|") for line in table.splitlines()[2:]]
    return {row[1].strip(" `"): row[2].strip(" `") for row in rows if row[2].strip()}


def test_every_operation_of_the_nobl9_api_stands_in_the_table_and_no_other() -> None:
    paths = build_app().openapi()["paths"]
    there = {
        f"{method.upper()} {path.removeprefix(STATUS_PAGE)}"
        for path, methods in paths.items()
        for method in methods
        if path.startswith(STATUS_PAGE)
    }
    assert set(first_cells(f"below `{STATUS_PAGE}`")) == there
    assert ACCESS_TOKEN in paths
    assert ACCESS_TOKEN in text()


def test_every_setting_of_a_page_stands_in_its_table() -> None:
    assert set(first_cells("below `statuspage:`")) == names(PageConfig)


def test_every_setting_of_detection_stands_in_its_table_with_its_default() -> None:
    head = "below `disruption_detection:`"
    assert set(first_cells(head)) == names(DisruptionDetection)
    said = DisruptionDetection().model_dump(mode="json")
    for name, default in defaults(head).items():
        assert str(said[name]).lower() == default, name


def names(settings: type[BaseModel]) -> set[str]:
    return set(settings.model_fields)
