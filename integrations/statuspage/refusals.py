"""What Port refused, counted while something is published, and said in one line."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

LONGEST_REASON = 300

type Key = tuple[str, str]


@dataclass(slots=True)
class Refusals:
    """The entities that Port refused and has not accepted since, each with Port's reason."""

    reasons: dict[Key, str] = field(default_factory=dict)

    def refused(self, blueprint: str, identifier: str, reason: str) -> None:
        """Note that Port refused an entity; the first reason is the one that is told."""
        self.reasons.setdefault((blueprint, identifier), _one_line(reason))

    def accepted(self, blueprint: str, identifier: str) -> None:
        """Note that Port has an entity: Ocean tries some again."""
        self.reasons.pop((blueprint, identifier), None)

    def sentence(self, occasion: str) -> str | None:
        """Say how many of which blueprint were refused and why; None when there were none."""
        first: dict[str, tuple[str, str]] = {}
        counts: dict[str, int] = {}
        for (blueprint, identifier), reason in self.reasons.items():
            first.setdefault(blueprint, (identifier, reason))
            counts[blueprint] = counts.get(blueprint, 0) + 1
        if not counts:
            return None
        refused = "; ".join(
            f"{count} of {blueprint}, for example {first[blueprint][0]}: {first[blueprint][1]}"
            for blueprint, count in counts.items()
        )
        return (
            f"{occasion}: Port refused entities, which stay in the catalog as they were, or out of "
            f"it: {refused}. Make the mapping and the blueprint fit each other: those in "
            ".port/resources of this version do"
        )


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 3] + "..."


# Tasks inherit it, so what a live event and a resync publish at the same time stays apart.
_current: ContextVar[Refusals | None] = ContextVar("refusals", default=None)


def current() -> Refusals:
    """Return where to count now; where nobody asks, nothing is kept."""
    return _current.get() or Refusals()


@contextmanager
def told(occasion: str) -> Iterator[Refusals]:
    """Count what Port refuses inside the block; at its end, warn if there was anything."""
    refusals = Refusals()
    token = _current.set(refusals)
    try:
        yield refusals
    finally:
        _current.reset(token)
        if sentence := refusals.sentence(occasion):
            logger.warning("%s", sentence)
