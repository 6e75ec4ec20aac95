"""That what SOURCES.md shows can be pasted."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from made_sources import LEAST, SETTINGS

TEXT = (Path(__file__).parents[2] / "SOURCES.md").read_text()
BLOCKS = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)]
SHOWN = [block[0] for block in BLOCKS if isinstance(block, list)]


@pytest.mark.parametrize("shown", SHOWN, ids=lambda one: str(one["type"]))
def test_the_settings_that_are_shown_are_right(shown: dict[str, Any]) -> None:
    assert SETTINGS.validate_python(shown)


def test_every_kind_is_shown() -> None:
    assert {one["type"] for one in SHOWN} == LEAST.keys()


def test_every_setting_is_told() -> None:
    for one in SHOWN:
        for name in type(SETTINGS.validate_python(one)).model_fields:
            assert re.search(rf"`{name}[`:]|\b{name}:", TEXT), f"{one['type']}: {name}"
