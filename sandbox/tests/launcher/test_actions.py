"""`make run` turns actions on where the integration has them, and says so."""

import json
from pathlib import Path

import pytest

from launcher.actions import ENABLED, action_settings

SHIPPED = [
    {"invocationMethod": {"type": "WEBHOOK"}},
    {"invocationMethod": {"type": "INTEGRATION_ACTION", "installationId": "my-statuspage"}},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".port" / "resources").mkdir(parents=True)
    return tmp_path


def declare(folder: Path, line: str) -> None:
    (folder / ".port" / "spec.yaml").write_text(f"title: Statuspage\n{line}\nicon: StatusPage\n")


@pytest.mark.parametrize(
    "line", ["", "actionsProcessingEnabled: false", "# actionsProcessingEnabled: true"]
)
def test_an_integration_without_actions_is_not_told_to_take_runs(folder: Path, line: str) -> None:
    declare(folder, line)
    assert action_settings(folder) == {}


def test_runs_are_looked_for_every_second_by_the_installation_that_the_actions_name(
    folder: Path,
) -> None:
    declare(folder, "actionsProcessingEnabled: true")
    usual = action_settings(folder)
    assert usual == {
        ENABLED: "true",
        "OCEAN__ACTIONS_PROCESSOR__POLL_CHECK_INTERVAL_SECONDS": "1",
    }
    (folder / ".port" / "resources" / "actions.json").write_text(json.dumps(SHIPPED))
    named = {**usual, "OCEAN__INTEGRATION__IDENTIFIER": "my-statuspage"}
    assert action_settings(folder) == named
