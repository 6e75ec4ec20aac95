"""The configuration file."""

import re
from collections.abc import Mapping
from pathlib import Path

from statuspage_bridge.errors import StartError

from .faults import checked, told
from .settings import Settings
from .yaml_file import read_yaml

_NAME = re.compile(r"\$(?:\$|\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)\})")


def read_file(path: Path, environment: Mapping[str, str]) -> Settings:
    """Return the settings of a file, or raise all that is wrong with it, each with its line."""
    file = read_yaml(path, lambda text: filled(text, environment))
    settings = checked(Settings, file)
    if contradictions := list(settings.contradictions()):
        raise StartError(told(file, contradictions))
    return settings


def filled(text: str, environment: Mapping[str, str]) -> str:
    """Return a text with the environment's values for each `${NAME}`; `$$` is a `$`.

    It is filled after the file was read, so that no value can add anything to it.
    """

    def value(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None:
            return "$"
        if not environment.get(name, "").strip():
            raise ValueError(f"the environment has no {name}")
        return environment[name].strip()

    return _NAME.sub(value, text)
