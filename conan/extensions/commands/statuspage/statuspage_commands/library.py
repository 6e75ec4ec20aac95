"""Whether the library is there."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from conan.errors import ConanException


def require_library() -> None:
    """End the command with a sentence where the library is not beside Conan.

    `statuspage` alone can be imported all the same: it is then the folder of these commands.
    """
    if find_spec("statuspage.exports") is None:
        raise ConanException(missing(sys.version_info[:2], sys.executable))


def missing(version: tuple[int, int], python: str) -> str:
    """Return what to do about it."""
    told = (
        "The library statuspage is missing. Install it from a copy of its repository into the "
        f"Python that runs Conan: {python} -m pip install 'integrations/statuspage[keyring]'"
    )
    if version < (3, 12):
        told += f" (it needs Python 3.12 or newer, and this one is {version[0]}.{version[1]})"
    return told
