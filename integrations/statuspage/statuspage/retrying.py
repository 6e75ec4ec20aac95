"""Whether a request that failed is sent again, and when: the only place that decides it."""

from dataclasses import dataclass

from .errors import (
    Redirected,
    RequestError,
    ServerFailed,
    Throttled,
    Unreachable,
    UnusableAnswer,
)

READS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how patiently. The default outlives a minute of trouble."""

    attempts: int = 10
    first_wait: float = 0.5
    longest_backoff: float = 30.0
    # Longer than any window of the quota. A server that asks for more gets an error, not a sleeper.
    longest_wait: float = 300.0
    throttled_wait: float = 10.0
    waits_for_quota: bool = True

    def wait_before_retry(
        self, error: RequestError, *, method: str, attempt: int, jitter: float
    ) -> float | None:
        """Return the seconds to wait before sending again, or None when it is no use.

        `attempt` counts the sends so far, `jitter` lies between 0 and 1.
        """
        if attempt >= self.attempts or not self._worth_another_try(error, method):
            return None
        asked = error.retry_after if isinstance(error, Throttled | ServerFailed) else None
        if asked is not None:
            return max(asked, self.first_wait) if asked <= self.longest_wait else None
        if isinstance(error, Throttled):
            return min(self.throttled_wait * attempt, 60.0)
        backoff = min(self.first_wait * 2.0 ** (attempt - 1), self.longest_backoff)
        return backoff * (1 + jitter) / 2

    def _worth_another_try(self, error: RequestError, method: str) -> bool:
        # A write goes out again only where the first one surely had no effect.
        read = method in READS
        match error:
            case Throttled():
                return self.waits_for_quota
            case Unreachable():
                return read or not error.sent
            case UnusableAnswer():
                return read and error.transient
            case ServerFailed():
                return read
            case _:
                return False


def may_have_had_effect(error: RequestError) -> bool:
    """Tell whether a write that failed so may have been carried out all the same."""
    match error:
        case Unreachable():
            return error.sent
        case Redirected():
            return False
        case _:
            return isinstance(error, ServerFailed | UnusableAnswer)


NO_RETRY = RetryPolicy(attempts=1)
