"""When a notification is tried again, and when its subscriber goes into quarantine."""

from dataclasses import dataclass
from enum import Enum, auto

from statuspage_server.core.moments import DAY, MINUTE, SECOND, Moment

# Pauses after each failure: the tenth comes about an hour after the first.
PAUSES = tuple(seconds * SECOND for seconds in (15, 30, 60, 120, 240, 480, 720, 900, 1020))
MOST_FAILURES = len(PAUSES) + 1
PURGED_AFTER = 90 * DAY
POSTPONED_FOR = MINUTE
# One address is not sent links more often than this, whoever asks for them.
CONFIRMED_EVERY = 5 * MINUTE
FORGOTTEN_AFTER = 7 * DAY
TIMEOUT_SECONDS = 30.0
# To one of an endpoint's addresses, so that there is time for the others.
CONNECT_SECONDS = 5.0

# Longer than any delivery takes, so that a subscriber is served by one process at a time.
CLAIMED_FOR = 60 * SECOND


class Verdict(Enum):
    DELIVERED = auto()
    FAILED = auto()
    """Tried again, and after ten failures in a row the subscriber goes into quarantine."""
    REFUSED = auto()
    """There is no such address: quarantine at once."""
    POSTPONED = auto()
    """Not the subscriber's fault, for example because the mail server is away: tried again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    verdict: Verdict
    reason: str = ""
    """In a few words for the log, without addresses."""


DELIVERED = Outcome(Verdict.DELIVERED)


@dataclass(frozen=True, slots=True)
class AfterFailure:
    failures: int
    next_attempt_at: Moment | None
    """None when there is none: the subscriber goes into quarantine."""

    @property
    def is_quarantined(self) -> bool:
        return self.next_attempt_at is None


def after_failure(failures: int, now: Moment, *, refused: bool = False) -> AfterFailure:
    """`failures` are those before this one, since the last success."""
    count = failures + 1
    if refused or count >= MOST_FAILURES:
        return AfterFailure(count, None)
    return AfterFailure(count, now + PAUSES[failures])


def is_delivered(status: int) -> bool:
    """Only 2xx counts: a redirect is a failure too."""
    return 200 <= status < 300
