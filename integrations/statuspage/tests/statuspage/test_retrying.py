"""Whether a failed request is sent again, and when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.errors import (
    AccessDenied,
    KeyRejected,
    NotFound,
    Refused,
    RepeatedPage,
    RequestError,
    ServerFailed,
    Throttled,
    Unreachable,
    UnusableAnswer,
)
from statuspage.retrying import NO_RETRY, RetryPolicy

GET = "GET /v1/pages"
READS = ["GET", "HEAD"]
WRITES = ["POST", "PATCH", "PUT", "DELETE"]

WITHOUT_EFFECT: list[RequestError] = [
    Throttled(GET, 420, "", None),
    Throttled(GET, 429, "", None),
    Unreachable(GET, "no connection", sent=False),
]
PERHAPS_WITH_EFFECT: list[RequestError] = [
    ServerFailed(GET, 500, "", None),
    ServerFailed(GET, 504, "", None),
    Unreachable(GET, "it took too long", sent=True),
    UnusableAnswer(GET, "it was cut short", transient=True),
]
FOR_GOOD: list[RequestError] = [
    KeyRejected(GET, 401, ""),
    AccessDenied(GET, 403, ""),
    NotFound(GET, 404, ""),
    Refused(GET, 422, ""),
    UnusableAnswer(GET, "it is not JSON"),
    RepeatedPage(GET),
]


def _wait(
    error: RequestError,
    *,
    method: str = "GET",
    attempt: int = 1,
    jitter: float = 1.0,
    policy: RetryPolicy | None = None,
) -> float | None:
    return (policy or RetryPolicy()).wait_before_retry(
        error, method=method, attempt=attempt, jitter=jitter
    )


def _name(value: object) -> str:
    return str(value) if isinstance(value, str) else type(value).__name__


@pytest.mark.parametrize("method", READS)
@pytest.mark.parametrize("error", WITHOUT_EFFECT + PERHAPS_WITH_EFFECT, ids=_name)
def test_a_read_is_repeated_after_any_trouble_that_may_pass(
    method: str, error: RequestError
) -> None:
    assert _wait(error, method=method) is not None


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("error", WITHOUT_EFFECT, ids=_name)
def test_a_write_is_repeated_when_it_surely_had_no_effect(method: str, error: RequestError) -> None:
    assert _wait(error, method=method) is not None


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("error", PERHAPS_WITH_EFFECT, ids=_name)
def test_a_write_that_may_have_had_an_effect_is_not_repeated(
    method: str, error: RequestError
) -> None:
    assert _wait(error, method=method) is None


@pytest.mark.parametrize("method", READS + WRITES)
@pytest.mark.parametrize("error", FOR_GOOD, ids=_name)
def test_what_will_not_pass_fails_at_once(method: str, error: RequestError) -> None:
    assert _wait(error, method=method) is None


@pytest.mark.parametrize("error", WITHOUT_EFFECT + PERHAPS_WITH_EFFECT, ids=_name)
def test_after_the_last_attempt_the_error_stands(error: RequestError) -> None:
    policy = RetryPolicy(attempts=3)

    assert _wait(error, attempt=2, policy=policy) is not None
    assert _wait(error, attempt=3, policy=policy) is None


@pytest.mark.parametrize("error", WITHOUT_EFFECT + PERHAPS_WITH_EFFECT, ids=_name)
def test_who_is_impatient_never_asks_twice(error: RequestError) -> None:
    assert _wait(error, policy=NO_RETRY) is None


@given(st.floats(0.5, 300), st.integers(1, 7), st.floats(0, 1))
def test_the_server_s_own_wait_is_kept_to_the_second(
    asked: float, attempt: int, jitter: float
) -> None:
    assert _wait(Throttled(GET, 429, "", asked), attempt=attempt, jitter=jitter) == asked
    assert _wait(ServerFailed(GET, 503, "", asked), attempt=attempt, jitter=jitter) == asked


def test_a_server_that_asks_for_no_wait_is_not_hammered() -> None:
    assert _wait(Throttled(GET, 429, "", 0.0)) == 0.5


@pytest.mark.parametrize("asked", [300.1, 3600.0, float("inf")])
def test_a_server_that_asks_for_too_much_gets_an_error_not_a_sleeper(asked: float) -> None:
    assert _wait(Throttled(GET, 429, "", asked)) is None
    assert _wait(ServerFailed(GET, 503, "", asked)) is None


def test_a_spent_quota_without_a_wait_is_given_ever_more_time() -> None:
    waits = [_wait(Throttled(GET, 420, "", None), attempt=attempt) for attempt in range(1, 8)]

    assert waits == [10, 20, 30, 40, 50, 60, 60]


def test_other_trouble_is_given_twice_the_time_each_time() -> None:
    waits = [_wait(ServerFailed(GET, 500, "", None), attempt=attempt) for attempt in range(1, 8)]

    assert waits == [0.5, 1, 2, 4, 8, 16, 30]


def test_jitter_takes_away_at_most_half_of_the_wait() -> None:
    error = ServerFailed(GET, 500, "", None)

    assert [_wait(error, attempt=3, jitter=jitter) for jitter in (0.0, 0.5, 1.0)] == [1, 1.5, 2]


@given(
    st.sampled_from(WITHOUT_EFFECT + PERHAPS_WITH_EFFECT),
    st.integers(1, 999),
    st.floats(0, 1),
)
def test_no_wait_is_unbounded(error: RequestError, attempt: int, jitter: float) -> None:
    wait = _wait(error, attempt=attempt, jitter=jitter, policy=RetryPolicy(attempts=1_000))

    assert wait is not None
    assert 0 < wait <= 60


@pytest.mark.parametrize("jitter", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(
    "error", [Throttled(GET, 429, "", None), ServerFailed(GET, 503, "", None)], ids=_name
)
def test_the_default_outlives_a_minute_of_trouble(error: RequestError, jitter: float) -> None:
    sends = range(1, RetryPolicy().attempts)
    waits = [_wait(error, attempt=attempt, jitter=jitter) for attempt in sends]

    assert sum(wait for wait in waits if wait is not None) >= 60


@pytest.mark.parametrize("asked", [None, 1.0])
def test_a_spent_quota_is_not_waited_for_where_nobody_wants_to_wait(asked: float | None) -> None:
    policy = RetryPolicy(waits_for_quota=False)

    assert _wait(Throttled(GET, 420, "", asked), policy=policy) is None
    assert _wait(ServerFailed(GET, 503, "", None), policy=policy) is not None
