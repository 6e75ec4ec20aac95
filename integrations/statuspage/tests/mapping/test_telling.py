"""What goes wrong in a mapping is told once, however many objects it befalls."""

import pytest
from loguru import logger

from mapping.mapper import Mapper

from .both_ways import Json, ours, results

OBJECTS: list[Json] = [{"id": number} for number in range(120)]


@pytest.fixture
def lines() -> list[str]:
    """What is logged."""
    lines: list[str] = []
    logger.add(lambda message: lines.append(str(message).strip()), format="{level} {message}")
    return lines


@pytest.mark.parametrize("expression", [".id.id", ".id | ascii", "1, error | error"])
async def test_an_expression_that_fails(mapper: Mapper, expression: str, lines: list[str]) -> None:
    mapping = {"identifier": ".id", "properties": {"wrong": expression}}
    await results(ours(mapper), mapping, [{"id": f"a{number}"} for number in range(120)])

    [line] = lines
    assert line.startswith(
        f"WARNING Search failed for field 'properties.wrong' - pattern: {expression}: "
    )


async def test_an_expression_that_is_not_understood(mapper: Mapper, lines: list[str]) -> None:
    await results(ours(mapper), {"identifier": ".id", "title": ".["}, OBJECTS)

    [line] = lines
    assert line.startswith("WARNING Search failed for field 'title' - pattern: .[: ")


@pytest.mark.parametrize("expression", ["empty", ".missing", "null", ".id.id?"])
async def test_nothing_is_no_failure(mapper: Mapper, expression: str, lines: list[str]) -> None:
    await results(ours(mapper), {"identifier": ".id", "title": expression}, OBJECTS)

    assert lines == []


async def test_a_selector_that_fails(mapper: Mapper, lines: list[str]) -> None:
    selector = "if .id > 99 then error else true end"
    entities, _ = await results(ours(mapper), {"identifier": ".id"}, OBJECTS, selector)

    assert len(entities) == 100
    [line] = lines
    assert line.startswith("ERROR 20 of 120 objects are not mapped, since the selector")


async def test_an_object_that_is_no_json(mapper: Mapper, lines: list[str]) -> None:
    objects = [*OBJECTS, {"id": {1}}]
    entities, _ = await results(ours(mapper), {"identifier": ".id"}, objects)

    assert len(entities) == 120
    [line] = lines
    assert "1 of 121 objects are not mapped" in line
    assert "set is not JSON serializable" in line
