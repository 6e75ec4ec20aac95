"""Tells of refused requests without letting a flood of them into the log."""

from dataclasses import dataclass, field

EVERY = 60.0


@dataclass(slots=True)
class Refusals:
    """Counts them by reason; once a minute the count of a reason is worth a line."""

    _told_at: dict[str, float] = field(default_factory=dict)
    _untold: dict[str, int] = field(default_factory=dict)

    def count(self, reason: str, now: float) -> int | None:
        """Count one; return how many there were since the last line, None if it is too early."""
        self._untold[reason] = self._untold.get(reason, 0) + 1
        told_at = self._told_at.get(reason)
        if told_at is not None and now - told_at < EVERY:
            return None
        self._told_at[reason] = now
        return self._untold.pop(reason)
