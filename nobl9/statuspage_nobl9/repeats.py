"""Whether the same was reported a moment ago: an alert that is repeated is one report."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from statuspage import Clock

from .external_issue import ExternalIssue
from .kept_file import Held, KeptFile

USUAL = timedelta(minutes=5)


@dataclass(slots=True)
class Turn:
    """One report's turn; others of the same source about the same component wait."""

    reported_at: float | None
    """When the same was reported last, where that is not long ago."""
    _now: float
    _content: str
    _held: Held | None

    @property
    def is_repeated(self) -> bool:
        """Tell whether there is nothing new to report."""
        return self.reported_at is not None

    def done(self) -> None:
        """Remember that it was reported."""
        if self._held is not None:
            self._held.write({"at": self._now, "content": self._content})


@dataclass(frozen=True, slots=True)
class Repeats:
    """What was reported last, in a file for each component and source of a folder."""

    folder: Path | None
    clock: Clock
    after: timedelta = USUAL

    @asynccontextmanager
    async def turn(self, issue: ExternalIssue) -> AsyncIterator[Turn]:
        """Wait for this report's turn. Only the last one counts, so a change is always new."""
        now = self.clock.utc().timestamp()
        content = _digest(issue.status or "", issue.comment if issue.status is None else "")
        async with AsyncExitStack() as stack:
            held: Held | None = None
            if self.folder is not None and self.after:
                name = _digest(issue.component_name.casefold(), issue.requested_by)
                file = KeptFile(self.folder / f"reported-{name}.json", self.clock)
                try:
                    held = await stack.enter_async_context(file.held())
                except OSError:
                    # A home that cannot be written to: everything is reported.
                    held = None
            yield Turn(self._last(held, content, now), now, content, held)

    def _last(self, held: Held | None, content: str, now: float) -> float | None:
        kept = held.read() if held else {}
        at = kept.get("at")
        if kept.get("content") != content or not isinstance(at, int | float):
            return None
        return float(at) if 0 <= now - at < self.after.total_seconds() else None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
