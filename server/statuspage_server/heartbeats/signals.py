"""What an item says, and what that does to the run that it belongs to."""

from dataclasses import dataclass, replace
from enum import StrEnum

from statuspage_server.core.heartbeat import ItemState
from statuspage_server.core.moments import HOUR, Moment

# After so long a start and an end have nothing to do with each other.
LONGEST_RUN = 72 * HOUR


class Kind(StrEnum):
    SUCCESS = "success"
    FAIL = "fail"
    START = "start"
    LOG = "log"
    """Kept in the history, and changes nothing."""


@dataclass(frozen=True, slots=True)
class Signal:
    page_id: str
    item_id: str
    at: Moment
    kind: Kind = Kind.SUCCESS
    message: str | None = None
    """What the sender wrote: the operator's to read."""
    public_message: str | None = None
    exit_code: int | None = None
    run_id: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.page_id, self.item_id

    @property
    def state(self) -> ItemState | None:
        """None where it says nothing about how the item is."""
        return {Kind.SUCCESS: ItemState.UP, Kind.FAIL: ItemState.FAILED}.get(self.kind)

    @property
    def told(self) -> str | None:
        """For the operator: how it ended, and what it wrote."""
        ending = f"Exit code {self.exit_code}." if self.exit_code else None
        return "\n".join(part for part in (ending, self.message) if part) or None

    def says_the_same_as(self, other: "Signal") -> bool:
        return replace(self, at=other.at) == other


@dataclass(frozen=True, slots=True)
class RunState:
    """The run that is under way, if there is one."""

    started_at: Moment | None = None
    run_id: str | None = None


def run_after(run: RunState, signal: Signal) -> RunState:
    """A failure ends whatever runs; a success ends its own run, and leaves another one running."""
    match signal.kind:
        case Kind.START:
            return RunState(signal.at, signal.run_id)
        case Kind.FAIL:
            return RunState()
        case Kind.SUCCESS if run.run_id == signal.run_id:
            return RunState()
        case _:
            return run


def duration_of(run: RunState, signal: Signal) -> int | None:
    """Milliseconds that the run took which this signal ends."""
    if run.started_at is None or signal.state is None or run.run_id != signal.run_id:
        return None
    taken = signal.at - run.started_at
    return taken if 0 <= taken <= LONGEST_RUN else None
