"""What a command prints on standard output: the document's lines, or the API's object."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, Mapping, Sequence, Tuple

from conan.api.output import cli_out_write

Fields = Sequence[Tuple[str, str]]

CREATED: Fields = (
    ("Incident ID:", "id"),
    ("Created at:", "created_at"),
    ("Name:", "name"),
    ("Status:", "status"),
    ("Impact:", "impact"),
    ("URL:", "shortlink"),
)
CHANGED: Fields = (*CREATED[:2], ("Updated at:", "updated_at"), *CREATED[2:])
MAINTENANCE: Fields = (
    ("Maintenance ID:", "id"),
    *CREATED[1:3],
    ("Scheduled for (UTC)", "scheduled_for"),
    *CREATED[3:],
)


class Answer(Dict[str, Any]):
    """The API's object as it came, and the line that is its heading for people."""

    def __init__(self, raw: Mapping[str, Any], heading: str) -> None:
        """Take both."""
        super().__init__(raw)
        self.heading = heading


def as_text(fields: Fields) -> Callable[[Answer], None]:
    """Return what prints these fields, each with its label."""

    def write(answer: Answer) -> None:
        lines = [answer.heading]
        for label, key in fields:
            value = answer.get(key)
            lines.append(label if value is None else f"{label} {value}")
        cli_out_write("\n".join(lines))

    return write


def as_json(answer: Answer) -> None:
    """Print the API's object and nothing else."""
    cli_out_write(json.dumps(answer, indent=2))
