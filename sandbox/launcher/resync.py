"""What one resync brought, read from Ocean's reports and from the integration's lines."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from launcher.log_lines import message
from launcher.metrics import Report

# Ocean reports on these beside the kinds of the mapping.
WHOLE = "__runtime__"
DELETION = "__reconciliation__"

# One such line ends each kind, whether it went well or not.
_READ = re.compile(r"(\w+): \d+ read from \d+ pages \((\d+) requests since the start\)")
_FAILED = "Failed to execute resync function, error: "


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind brought."""

    name: str
    state: str
    fetched: int
    upserted: int
    unchanged: int
    refused: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Resync:
    """What a resync brought; `requests` are those that were sent while each kind was read."""

    kinds: Sequence[Kind]
    requests: Sequence[int]
    deleted: int
    state: str
    seconds: float

    @property
    def entities(self) -> int:
        """What Port holds of it now."""
        return sum(kind.upserted + kind.unchanged for kind in self.kinds)

    @property
    def over(self) -> bool:
        """Tell whether it has ended, well or not."""
        return self.state in {"completed", "failed", "aborted"}


def resync(reports: Iterable[Report], lines: Iterable[str]) -> Resync:
    last = {str(report.get("kindIdentifier")): report for report in reports}
    whole, deletion = last.pop(WHOLE, {}), last.pop(DELETION, {})
    return Resync(
        kinds=[kind_of(report) for report in sorted(last.values(), key=_place)],
        requests=requests_of(lines),
        deleted=_count(deletion, "delete", "deleted"),
        state=str(whole.get("syncState", "")),
        seconds=_seconds(whole),
    )


def _place(report: Report) -> int:
    """Return where a kind stands in the mapping; they end in any order."""
    place = report.get("kindIndex")
    return place if isinstance(place, int) else 0


def kind_of(report: Report) -> Kind:
    """Read the report of a kind; what it does not say is zero."""
    return Kind(
        name=str(report.get("kind", "")),
        state=str(report.get("syncState", "")),
        fetched=_count(report, "extract", "raw_extracted"),
        upserted=_count(report, "load", "loaded"),
        unchanged=_count(report, "load", "skipped"),
        refused=_count(report, "load", "failed"),
        seconds=_seconds(report),
    )


def requests_of(lines: Iterable[str]) -> list[int]:
    """Return how many requests were sent while each kind was read, in the order of the kinds."""
    counters = [int(read[2]) for line in lines if (read := _READ.search(line))]
    return [now - before for before, now in zip([0, *counters], counters, strict=False)]


def why_it_failed(found: Resync, lines: Iterable[str]) -> str | None:
    """Return a sentence for a resync that did not bring everything, None for one that did."""
    errors = [message(line).partition(_FAILED) for line in lines if _FAILED in line]
    reasons = dict.fromkeys(sentence for _, _, sentence in errors)
    if failed := [kind.name for kind in found.kinds if kind.state != "completed"]:
        reason = " ".join(reasons) or "the log says why."
        return f"{', '.join(failed)} could not be read as a whole: {reason}"
    if not found.over:
        return "The resync ended before it was done."
    if found.state != "completed":
        return f"The resync did not end well ({found.state})."
    if refused := [kind for kind in found.kinds if kind.refused]:
        total = sum(kind.refused for kind in refused)
        each = ", ".join(f"{kind.refused} {kind.name}" for kind in refused)
        return f"Port refused {total} {'entity' if total == 1 else 'entities'}: {each}."
    return None


def _count(report: Report, phase: str, what: str) -> int:
    found = _within(report, "metrics", "phase", phase, "object_count_type", what)
    value = found.get("object_count", 0)
    return int(value) if isinstance(value, int | float) else 0


def _seconds(report: Report) -> float:
    value = _within(report, "metrics", "phase", "resync").get("duration_seconds", 0)
    return float(value) if isinstance(value, int | float) else 0.0


def _within(document: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    for name in path:
        held = document.get(name)
        document = held if isinstance(held, Mapping) else {}
    return document
