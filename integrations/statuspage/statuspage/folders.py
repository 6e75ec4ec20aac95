"""Where this system keeps what can be made again."""

import sys
from collections.abc import Mapping
from pathlib import Path


def cache_folder(variables: Mapping[str, str]) -> Path:
    """Return the folder of this user for what this package and its command keep."""
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/statuspage"
    if sys.platform == "win32":
        return Path(variables.get("LOCALAPPDATA") or Path.home()) / "statuspage/Cache"
    return Path(variables.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "statuspage"
