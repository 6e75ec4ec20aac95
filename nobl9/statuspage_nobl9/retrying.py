"""Whether a request that failed is sent again, and when: the only place that decides it.

Broken gateways (502, 503, 504), no answer, and too many requests (429) pass; everything else stays
as it is, however often it is asked. A write is among what is sent again, since a report that is
lost hides an outage. Where the first one may have worked, the caller looks before it repeats it.
"""

from dataclasses import dataclass

from .errors import NoAnswer, RequestFailed, Throttled, Unavailable, UnusableAnswer

# A server that asks for more gets an error, not a sleeper.
LONGEST_WAIT = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """The knobs, with the defaults of Nobl9's own scripts. Times are seconds."""

    max_retries: int = 3
    initial_backoff: float = 1.0
    max_backoff: float = 32.0
    backoff_multiplier: float = 2.0
    waits_when_throttled: bool = True

    def wait_before_retry(
        self, error: RequestFailed, *, retries: int, jitter: float
    ) -> float | None:
        """Return the seconds to wait before sending again, or None when it is no use.

        `retries` counts those so far, `jitter` lies between 0 and 1.
        """
        if retries >= self.max_retries or not self._passes(error):
            return None
        asked = error.retry_after if isinstance(error, Throttled | Unavailable) else None
        if asked is None:
            return self._backoff(retries) * (1 + jitter) / 2
        # Never sooner than asked for, and not all at the same moment.
        return None if asked > LONGEST_WAIT else asked + jitter * self.initial_backoff

    def _backoff(self, retries: int) -> float:
        try:
            grown = self.initial_backoff * self.backoff_multiplier**retries
        except OverflowError:
            grown = self.max_backoff
        return min(grown, self.max_backoff)

    def _passes(self, error: RequestFailed) -> bool:
        if isinstance(error, Throttled):
            return self.waits_when_throttled
        return isinstance(error, Unavailable | NoAnswer)


def may_have_had_effect(error: RequestFailed) -> bool:
    """Tell whether a write that failed so may have been carried out all the same."""
    if isinstance(error, NoAnswer):
        return error.sent
    return isinstance(error, Unavailable | UnusableAnswer)
