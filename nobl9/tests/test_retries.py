"""What is sent again, when, and how often."""

import httpx
import pytest
from calling import Caller
from failing import Failure
from hypothesis import given
from hypothesis import strategies as st
from stand_in import StandIn

from statuspage_nobl9.errors import NoAnswer, RequestFailed, UnusableAnswer, refusal
from statuspage_nobl9.retrying import LONGEST_WAIT, Retries

STATUSES = st.sampled_from([400, 401, 403, 404, 409, 429, 500, 502, 503, 504])


def error_of(status: int, asked: float | None = None) -> RequestFailed:
    return refusal("GET /status-page/status", status, "", asked)


@given(
    status=STATUSES,
    limit=st.integers(0, 20),
    first=st.floats(0, 100),
    most=st.floats(0, 100),
    factor=st.floats(1, 1e6),
    asked=st.none() | st.floats(0, 10_000),
    jitter=st.floats(0, 1),
)
def test_c1_12_retries_are_bounded_in_number_and_length_whatever_the_knobs_say(
    *,
    status: int,
    limit: int,
    first: float,
    most: float,
    factor: float,
    asked: float | None,
    jitter: float,
) -> None:
    knobs = Retries(
        max_retries=limit, initial_backoff=first, max_backoff=most, backoff_multiplier=factor
    )
    waits = [
        knobs.wait_before_retry(error_of(status, asked), retries=count, jitter=jitter)
        for count in range(25)
    ]

    made = [wait for wait in waits if wait is not None]
    assert len(made) in (0, limit)
    assert (made == []) or status in (429, 502, 503, 504)
    assert all(0 <= wait <= max(most, LONGEST_WAIT + first) for wait in made)
    assert asked is None or all(wait >= asked for wait in made)


@given(st.floats(0, 1), st.floats(0, 1))
def test_w1_e_backoffs_grow_and_no_two_processes_wait_alike(one: float, other: float) -> None:
    waits = [
        Retries().wait_before_retry(error_of(503), retries=count, jitter=one) or 0
        for count in range(3)
    ]
    there = Retries().wait_before_retry(error_of(503), retries=0, jitter=other) or 0

    assert waits == sorted(waits)
    assert abs(waits[0] - there) == pytest.approx(abs(one - other) / 2)


def test_what_is_no_answer_of_nobl9_is_not_asked_for_again() -> None:
    error = UnusableAnswer("GET /status-page/status", "it is not JSON")

    assert Retries().wait_before_retry(error, retries=0, jitter=0) is None


@pytest.mark.parametrize("status", [502, 503])
def test_c1_12_retries_are_transparent(cli: Caller, nobl9: StandIn, status: int) -> None:
    nobl9.failures += [Failure("/status", status)] * 3

    cli.done("components")

    assert nobl9.asked.count("GET /status") == 4


@pytest.mark.parametrize("words", [("--no-retry",), ("--max-retries", "0")])
def test_c1_12_retries_can_be_turned_off(
    cli: Caller, nobl9: StandIn, words: tuple[str, ...]
) -> None:
    nobl9.failures.append(Failure("/status", 503))

    assert (cli("components", *words).exit_code, cli.time.sleeps) == (7, [])


def test_w1_c_there_is_one_retry_loop(cli: Caller, nobl9: StandIn) -> None:
    nobl9.failures += [Failure("/status", 503)] * 9

    ended = cli("components", "--retry", "--max-retries", "2", "--initial-backoff", "0")

    assert (ended.exit_code, nobl9.asked.count("GET /status")) == (7, 3)


def test_w1_d_too_many_requests_wait_as_long_as_nobl9_asks(cli: Caller, nobl9: StandIn) -> None:
    nobl9.failures.append(Failure("/status", 429, {"Retry-After": "17"}))

    cli.done("components")

    assert 17 <= sum(cli.time.sleeps) <= 18


def test_w1_d_with_no_wait_too_many_requests_fail_at_once(cli: Caller, nobl9: StandIn) -> None:
    nobl9.failures.append(Failure("/status", 429, {"Retry-After": "17"}))

    assert (cli("components", "--no-wait").exit_code, cli.time.sleeps) == (6, [])


def test_w1_f_a_request_takes_no_longer_than_is_told(cli: Caller) -> None:
    cli.done("components")
    cli.done("components", "--timeout", "2.5")

    assert [one["timeout"] for one in cli.clients] == [30.0, 2.5]


@pytest.mark.parametrize("failure", [502, 503, None], ids=["502", "503", "no answer"])
@pytest.mark.parametrize("carried_out", [True, False])
def test_a_report_of_which_nobody_knows_whether_it_arrived_is_sent_once(
    cli: Caller, nobl9: StandIn, failure: int | None, *, carried_out: bool
) -> None:
    nobl9.failures.append(Failure("/issues/external", failure, carry_out=carried_out))

    cli.done("issue", "create-external", "Search", "--comment", "Down")

    assert len(nobl9.page.issues) == 1
    assert len(nobl9.bodies("/issues/external")) == (1 if carried_out else 2)


def test_a_report_is_repeated_where_it_cannot_be_looked_whether_it_arrived(
    cli: Caller, nobl9: StandIn
) -> None:
    nobl9.failures += [Failure("/issues/external", 502), Failure("/issues", 404)]

    said = cli.done("issue", "create-external", "Search")

    assert len(nobl9.bodies("/issues/external")) == 2
    assert "cannot be seen" in said.stderr


@pytest.mark.parametrize("status", ["majorOutage", "operational"])
def test_a_change_that_was_carried_out_is_not_made_twice(
    cli: Caller, nobl9: StandIn, status: str
) -> None:
    cli.done("status", "change", "Search", "degradedPerformance")
    kind = "clear" if status == "operational" else "change-severity"
    path = "/change-status" if nobl9.version == "v1" else f"/disruptions/d-1/{kind}"
    nobl9.failures.append(Failure(path, 502, carry_out=True))

    cli.done("status", "change", "Search", status)

    assert nobl9.page.status_of("search") == status


def test_a_disruption_that_was_registered_is_not_registered_twice(
    cli2: Caller, v2: StandIn
) -> None:
    cli2.api = "v2"
    v2.failures.append(Failure("/disruptions", None, carry_out=True))

    cli2.done("disruptions", "create", "Search", "majorOutage")

    assert len(v2.page.disruptions) == 1


def test_no_connection_is_told_apart_and_tried_again(cli: Caller) -> None:
    tries: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        tries.append(request.url.path)
        raise httpx.ConnectError("All connection attempts failed", request=request)

    cli.handler = refuse

    ended = cli("components")

    assert (ended.exit_code, len(tries)) == (7, 4)
    assert "Check --base-url and your network" in ended.stderr
    assert NoAnswer("GET /", "it is gone", sent=True).sent
