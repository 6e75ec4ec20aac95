"""What fails between the command and the server of this repository, in both versions of the API."""

import pytest
from calling import Caller
from failing import Failure
from real_server import API, SEARCH, RealServer
from relay import Relay

LONG = "x" * 2001


@pytest.mark.parametrize("status", [502, None])
def test_c1_12_retries_are_transparent_and_a_report_arrives_once(
    real: Caller, relay: Relay, running: RealServer, status: int | None
) -> None:
    before = len(running.issues())
    relay.failures += [
        Failure("/status", 503),
        Failure("/issues/external", status, carry_out=True),
    ]

    real.done("issue", "create-external", "Search", "--comment", f"Slow: {status}")

    assert len(running.issues()) == before + 1
    assert (len(real.time.sleeps), relay.asked.count("GET /status")) == (2, 2)


def test_c1_12_and_w1_c_retries_are_bounded_by_one_loop(real: Caller, relay: Relay) -> None:
    relay.failures += [Failure("/status", 503)] * 9

    ended = real("components", "--retry", "--max-retries", "2")

    assert (ended.exit_code, relay.asked.count("GET /status")) == (7, 3)
    assert len(real.time.sleeps) == 2


@pytest.mark.parametrize(
    ("words", "changed", "code", "remedy"),
    [
        (("status", "change", API, "majorOutage", "-m", LONG), {}, 5, "Check what was given"),
        (("check",), {"NOBL9_CLIENT_SECRET": "another"}, 3, "belong together"),
        (
            ("issue", "create-external", "Nobody", "--no-verify"),
            {},
            4,
            "`statuspage nobl9 components` lists",
        ),
    ],
    ids=["400", "401", "404"],
)
def test_c1_13_what_the_server_refuses_has_an_exit_code_and_a_remedy(
    real: Caller, words: tuple[str, ...], changed: dict[str, str], code: int, remedy: str
) -> None:
    real.variables |= changed

    ended = real(*words)

    assert (ended.exit_code, ended.stdout) == (code, "")
    assert ended.stderr.startswith("Error: Nobl9 answered POST")
    assert remedy in ended.stderr


def test_c1_13_a_server_that_failed_has_an_exit_code_and_a_remedy(
    real: Caller, in_trouble: str
) -> None:
    real.variables["NOBL9_BASE_URL"] = in_trouble

    ended = real("components")

    assert (ended.exit_code, ended.stdout) == (7, "")
    assert "with 500 (Made to fail" in ended.stderr
    assert "try again later" in ended.stderr


def test_w1_f_a_request_takes_no_longer_than_is_told(real: Caller, in_trouble: str) -> None:
    real.variables["NOBL9_BASE_URL"] = in_trouble

    ended = real("components", "--timeout", "0.05", "--no-retry")

    assert ended.exit_code == 7
    assert "it took too long" in ended.stderr


def test_c1_13_and_w1_d_after_too_many_requests_it_is_waited_as_long_as_the_server_asks(
    real: Caller, relay: Relay, limited: str
) -> None:
    real.variables["NOBL9_BASE_URL"] = limited
    real("components", "--no-wait")
    # Another user of the organization, who does not know of the token.
    real.folder /= "another"

    ended = real("components", "--max-retries", "1")

    asked = [float(one.headers["retry-after"]) for one in relay.answers if one.status_code == 429]
    waited = real.time.sleeps[-1]
    assert (ended.exit_code, relay.asked[-1]) == (6, "POST /api/accessToken")
    assert asked[-2] <= waited <= asked[-2] + 1
    assert "let the command wait with --wait" in ended.stderr


def test_w1_b_where_names_cannot_be_read_nothing_is_reported(
    real: Caller, relay: Relay, running: RealServer
) -> None:
    before = running.issues()
    relay.failures.append(Failure("/status", 500))

    ended = real("issue", "create-external", "Search")

    assert (ended.exit_code, running.issues()) == (7, before)
    assert running.status(SEARCH) == "operational"
