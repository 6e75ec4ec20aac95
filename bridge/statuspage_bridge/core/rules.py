"""What the operator decides about alerts and incidents."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How long things must last, and what is never shown."""

    # An alert that lasts no longer is never public.
    opens_after: timedelta = timedelta(0)
    # An alert that comes back sooner was never over, so that nothing flaps in public.
    resolves_after: timedelta = timedelta(0)
    # For alerts that are pushed: a message that they are over can be lost for good.
    runs_out_after: timedelta = timedelta(hours=5)
    # Components for which nothing is opened.
    quiet: frozenset[str] = frozenset()
