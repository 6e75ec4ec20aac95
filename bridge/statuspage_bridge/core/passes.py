"""What came of one pass over sources and page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .decision import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What was decided, and what could not be done, by the names of accounts and components."""

    at: datetime
    decisions: Sequence[Decision] = ()
    unread: Mapping[str, str] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)


def changed(decisions: Sequence[Decision], before: Pass | None) -> list[Decision]:
    """Return the decisions that are not the same as in the pass before."""
    known = {one.key: one for one in before.decisions} if before else {}
    return [one for one in decisions if known.get(one.key) != one]
