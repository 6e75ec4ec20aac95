"""Ocean's routine lines are below the usual level, and everything else is where it was."""

from collections.abc import Iterator
from typing import Any

import pytest
from loguru import logger

import log_levels

ROUTINE = [
    ("WARNING", "Unable to find valid data for: 'properties.tweet_id': .tweet_id (null)"),
    ("INFO", "Polling event listener iteration after 5. Checking for changes"),
    ("INFO", "Fetching integration with id: mine"),
    ("WARNING", "DSP mode requested but required feature flags are missing"),
    ("WARNING", "[Monitor] No tracking data for kind: incident-3"),
]


@pytest.fixture
def seen() -> Iterator[list[tuple[str, str]]]:
    """What a log at the usual level shows."""
    lines: list[tuple[str, str]] = []
    logger.remove()
    logger.add(lambda line: lines.append(_told(line.record)), level="INFO")
    log_levels.install()
    yield lines
    logger.configure(patcher=lambda _: None)
    logger.remove()


def _told(record: Any) -> tuple[str, str]:
    return record["level"].name, record["message"]


@pytest.mark.parametrize(("level", "message"), ROUTINE)
def test_a_routine_line_is_not_shown(seen: list[tuple[str, str]], level: str, message: str) -> None:
    logger.log(level, message)

    assert seen == []


def test_what_a_blueprint_requires_and_a_mapping_does_not_find_stays_an_error(
    seen: list[tuple[str, str]],
) -> None:
    line = "Unable to find valid data for: 'relations.incident': .incident_id"

    logger.error(line)
    logger.warning("Something else")

    assert seen == [("ERROR", line), ("WARNING", "Something else")]


def test_whoever_asks_for_debug_sees_it_there() -> None:
    shown: list[str] = []
    sink = logger.add(shown.append, level="DEBUG", format="{level: <8}|{message}")
    log_levels.install()

    logger.warning(ROUTINE[0][1])

    assert shown == [f"DEBUG   |{ROUTINE[0][1]}\n"]
    logger.configure(patcher=lambda _: None)
    logger.remove(sink)
