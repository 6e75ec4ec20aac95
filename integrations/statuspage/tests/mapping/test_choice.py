"""Ours is used where it fits Ocean, unless somebody does not want it."""

from typing import Any

import pytest
from loguru import logger
from port_ocean.core.handlers.entity_processor.base import BaseEntityProcessor
from port_ocean.core.handlers.entity_processor.jq_entity_processor import JQEntityProcessor

import integration
from mapping.choice import choose, entity_processor
from mapping.processor import OneProgramProcessor
from plain_ocean import SWITCH
from publishing.publish import Publisher


class WithoutThePass(BaseEntityProcessor):
    """What is left of Ocean's once its first pass is gone."""

    async def _parse_items(
        self,
        mapping: Any,
        raw_results: Any,
        parse_all: bool = False,  # noqa: FBT001, FBT002 (as Ocean has it)
    ) -> Any: ...


class WithAnotherPass(JQEntityProcessor):
    """Ocean's, whose first pass is told something new."""

    async def parse_items_sync(self, everything: Any) -> Any: ...  # type: ignore[override]


class WithAnotherWay(JQEntityProcessor):
    """Ocean's, which no longer comes by what we override."""

    async def parse_items(self, *args: Any, **kwargs: Any) -> Any: ...


@pytest.fixture
def warnings() -> list[str]:
    """What is logged."""
    lines: list[str] = []
    logger.add(lambda message: lines.append(str(message)), format="{level} {message}")
    return lines


def test_ours_fits_the_ocean_that_is_installed(warnings: list[str]) -> None:
    assert choose(JQEntityProcessor, {}) is OneProgramProcessor
    assert not warnings


def test_resyncs_and_live_events_take_the_same(warnings: list[str]) -> None:
    assert integration.StatuspageIntegration.EntityProcessorClass is entity_processor()
    assert Publisher.EntityProcessorClass is entity_processor()


@pytest.mark.parametrize(
    ("theirs", "what"),
    [
        (WithoutThePass, "WithoutThePass has no parse_items_sync"),
        (WithAnotherPass, "parse_items_sync of WithAnotherPass takes self, everything"),
        (WithAnotherWay, "parse_items of WithAnotherWay does not call _parse_items"),
    ],
)
def test_an_ocean_that_changed_is_used_as_it_is_and_said_to_be(
    theirs: type[BaseEntityProcessor], what: str, warnings: list[str]
) -> None:
    assert choose(theirs, {}) is theirs
    [line] = warnings
    assert line.startswith("WARNING")
    assert what in line


@pytest.mark.parametrize("value", ["true", "1", "on", " Yes "])
def test_whoever_distrusts_it_switches_it_off(value: str, warnings: list[str]) -> None:
    assert choose(JQEntityProcessor, {SWITCH: value}) is JQEntityProcessor
    assert not warnings


@pytest.mark.parametrize("value", ["", "false", "0"])
def test_otherwise_it_stays_on(value: str) -> None:
    assert choose(JQEntityProcessor, {SWITCH: value}) is OneProgramProcessor
