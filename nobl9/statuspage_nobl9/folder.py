"""Where the access token and the last reports are kept: with what the command keeps."""

from collections.abc import Mapping
from pathlib import Path

from statuspage import cache_folder

NAME = "nobl9"


def state_folder(variables: Mapping[str, str]) -> Path:
    """Return the folder of this user."""
    return cache_folder(variables) / NAME
