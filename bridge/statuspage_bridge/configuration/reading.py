"""Where the settings are read from."""

from collections.abc import Mapping
from pathlib import Path

from .environment import read_environment
from .file import read_file
from .settings import Settings


def read_settings(file: Path | None, environment: Mapping[str, str]) -> Settings:
    """Return the settings of a file; without one, those of the environment."""
    return read_environment(environment) if file is None else read_file(file, environment)
