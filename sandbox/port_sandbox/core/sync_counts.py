"""What one kind brought, read from the metrics that Ocean sends about it."""

from dataclasses import dataclass
from typing import Any

from port_sandbox.core.json_types import Document

# Ocean reports on these beside the kinds of the mapping.
WHOLE = "__runtime__"
DELETION = "__reconciliation__"


@dataclass(frozen=True, slots=True)
class KindCounts:
    """One line of a resync."""

    kind: str
    state: str
    seconds: float | None
    fetched: int
    mapped: int
    loaded: int
    skipped: int
    failed: int
    deleted: int


def counted(row: Document) -> KindCounts:
    """Return the counts of one row; what it does not say is zero."""
    phases = _within(row, "metrics", "phase")

    def count(phase: str, what: str) -> int:
        value = _within(phases, phase, "object_count_type", what).get("object_count", 0)
        return int(value) if isinstance(value, int | float) else 0

    seconds = _within(phases, "resync").get("duration_seconds")
    return KindCounts(
        kind=str(row.get("kind", "")),
        state=str(row.get("syncState", "")),
        seconds=seconds if isinstance(seconds, int | float) else None,
        fetched=count("extract", "raw_extracted"),
        mapped=count("transform", "transformed"),
        loaded=count("load", "loaded"),
        skipped=count("load", "skipped"),
        failed=sum(count(phase, "failed") for phase in ("extract", "transform", "load")),
        deleted=count("delete", "deleted"),
    )


def _within(document: Document, *path: str) -> Document:
    for name in path:
        held: Any = document.get(name)
        document = held if isinstance(held, dict) else {}
    return document
