"""What became of the last resync, for a run that ends with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from refusals import Refusals


@dataclass(slots=True)
class Outcome:
    """Nothing, until a resync ends; then what went wrong, which may be nothing."""

    problem: str | None = "The resync did not end."

    @contextmanager
    def noted(self, refusals: Refusals) -> Iterator["Attempt"]:
        """Note how the resync in the block ends, however that is."""
        attempt = Attempt()
        self.problem = "The resync failed: the lines above say at what. Nothing was deleted."
        yield attempt
        if not attempt.is_whole:
            return
        refused = len(refusals.reasons)
        self.problem = (
            f"Port refused {refused} entities: a line above says which and why."
            if refused
            else None
        )


@dataclass(slots=True)
class Attempt:
    """One resync, which is not whole before it says so."""

    is_whole: bool = False


# Ocean keeps it to itself whether a resync failed, and ends with 0 either way.
last = Outcome()
