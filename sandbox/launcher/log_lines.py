"""Finding the sentence for a user in what programs write."""

import re

# How Ocean and the server begin a line.
_STAMP = re.compile(
    r"^\d{4}-\d\d-\d\d[ T][\d:.,]+ *\|? *(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)? *\|? *"
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# What a traceback, or a group of them, is drawn with.
_DRAWN = re.compile(r"^\s|^[|+]|^Traceback ")


def message(line: str) -> str:
    """Return what a line says, without colours, time and level."""
    return _STAMP.sub("", _COLOUR.sub("", line)).strip()


def last_message(output: str) -> str | None:
    told = [line for line in output.splitlines() if line.strip() and not _DRAWN.match(line)]
    return message(told[-1]) if told else None
