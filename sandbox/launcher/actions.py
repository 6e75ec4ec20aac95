"""Actions from the catalog, where the integration has them."""

import json
import re
from pathlib import Path

from launcher.paths import INTEGRATION

ENABLED = "OCEAN__ACTIONS_PROCESSOR__ENABLED"
INTERVAL = "OCEAN__ACTIONS_PROCESSOR__POLL_CHECK_INTERVAL_SECONDS"
IDENTIFIER = "OCEAN__INTEGRATION__IDENTIFIER"
DECLARED = re.compile(r"^actionsProcessingEnabled:\s*true\s*$", re.MULTILINE)


def action_settings(folder: Path = INTEGRATION) -> dict[str, str]:
    """Return the settings that let the integration take runs, soon after a click.

    Ocean does not start with them where the integration does not declare that it has actions.
    """
    spec = folder / ".port" / "spec.yaml"
    if not DECLARED.search(spec.read_text(encoding="utf-8")):
        return {}
    return {ENABLED: "true", INTERVAL: "1", **_installation(folder)}


def _installation(folder: Path) -> dict[str, str]:
    """Return the identifier for which the actions are meant that come with the integration."""
    file = folder / ".port" / "resources" / "actions.json"
    shipped = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    for action in shipped:
        if identifier := action["invocationMethod"].get("installationId"):
            return {IDENTIFIER: identifier}
    return {}
