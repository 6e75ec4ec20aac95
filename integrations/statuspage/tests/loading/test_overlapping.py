"""Where Ocean's loading is left to Ocean."""

from typing import Any

import pytest
from loguru import logger
from port_ocean.clients.port.client import PortClient
from port_ocean.core.integrations.mixins import SyncRawMixin

from loading import port_client
from loading.overlapping import RESTS_ON, problem


class Renamed:
    """Ocean's, without what is overridden."""


class Changed(SyncRawMixin):
    """Ocean's, which is told something new of each batch."""

    async def _register_resource_raw(self, batch: Any) -> Any: ...  # type: ignore[override]


@pytest.fixture
def warnings() -> list[str]:
    """What is logged."""
    lines: list[str] = []
    logger.add(lambda message: lines.append(str(message)), format="{level} {message}")
    return lines


def test_the_ocean_that_is_installed_is_the_one_that_ours_rests_on(warnings: list[str]) -> None:
    assert problem(SyncRawMixin, PortClient) == ""
    assert warnings == []


@pytest.mark.parametrize(
    ("theirs", "client", "what"),
    [
        (Renamed, PortClient, f"Renamed has no {next(iter(RESTS_ON))}"),
        (Changed, PortClient, "_register_resource_raw of Changed takes self, batch"),
        (SyncRawMixin, Renamed, f"Renamed has no {next(iter(port_client.RESTS_ON))}"),
    ],
)
def test_another_one_is_told_once(
    theirs: type, client: type, what: str, warnings: list[str]
) -> None:
    for _ in range(3):
        assert problem(theirs, client) == what

    [line] = warnings
    assert line.startswith("WARNING")
    assert what in line
