"""Reads a file of variables, as a shell and Docker write it."""

import re
from collections.abc import Mapping
from pathlib import Path

from launcher.errors import BadSettings

_LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")
_QUOTED = re.compile(r"""(["'])(.*?)\1\s*(?:#.*)?""")


def read_env_file(file: Path) -> Mapping[str, str]:
    try:
        return variables(file.read_text(encoding="utf-8-sig"), file.name)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise BadSettings(f"{file} cannot be read: {reason}.") from error


def variables(text: str, name: str = ".env") -> Mapping[str, str]:
    """Return the variables that a text sets; a value is never shown."""
    found: dict[str, str] = {}
    for number, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        if (read := _LINE.fullmatch(line)) is None:
            raise BadSettings(f"{name}, line {number}, cannot be read: write NAME=value.")
        found[read[1]] = _value(read[2], f"{name}, line {number}")
    return found


def _value(written: str, where: str) -> str:
    if written[:1] not in {'"', "'"}:
        return re.sub(r"\s+#.*", "", written).strip()
    if (read := _QUOTED.fullmatch(written)) is None:
        raise BadSettings(f"{where}, cannot be read: the quote is not closed.")
    return read[2]
