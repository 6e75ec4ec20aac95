"""Keeps a key in a file that nobody else can read."""

import os
from pathlib import Path

from .exit_codes import ExitCode
from .failures import Failure


def write_key(path: str, key: str) -> Path:
    """Write the key; return the file."""
    file = Path(path).expanduser()
    new = file.with_name(f".{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Made anew, since a file that is there may be open to others.
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(f"{key}\n")
        new.replace(file)
    except OSError as error:
        raise Failure(f"{file} cannot be written: {error}", ExitCode.WRONG_USE) from None
    return file
