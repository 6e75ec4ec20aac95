"""Where the access token and the last reports are kept: with what the command keeps."""

from collections.abc import Mapping
from pathlib import Path

NAME = "nobl9"


def state_folder(variables: Mapping[str, str]) -> Path:
    """Return the folder of this user."""
    from statuspage import cache_folder  # noqa: PLC0415 (it brings httpx)

    return cache_folder(variables) / NAME
