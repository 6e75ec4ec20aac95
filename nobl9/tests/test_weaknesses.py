"""Where Nobl9's scripts fail, see LINES in test_conventions. Retries are in test_retries."""

import json

import pytest
from calling import Caller
from failing import Failure
from page import SEARCH
from stand_in import CLIENT_SECRET, StandIn, basic


def test_w1_a_a_dry_run_shows_what_would_be_sent(cli: Caller, nobl9: StandIn) -> None:
    said = cli.done("monitor", "Search", "critical", "--dry-run")

    assert "Nothing was sent" in said.stdout
    assert nobl9.writes == []


def test_w1_b_where_names_cannot_be_read_nothing_is_reported(cli: Caller, nobl9: StandIn) -> None:
    nobl9.failures.append(Failure("/status", 500))

    ended = cli("issue", "create-external", "Search")

    assert (ended.exit_code, nobl9.writes) == (7, [])
    assert "--no-verify reports all the same" in ended.stderr
    cli.done("issue", "create-external", "Search", "--no-verify")


def test_w1_g_json_stands_alone_on_standard_output(cli: Caller, nobl9: StandIn) -> None:
    nobl9.failures.append(Failure("/issues", 503))

    said = cli.done("issue", "list", "--json")

    assert json.loads(said.stdout) == {"issues": []}
    assert "Trying again in" in said.stderr


@pytest.mark.parametrize("command", ["issue", "monitor"])
def test_w1_h_what_is_repeated_is_reported_once(cli: Caller, nobl9: StandIn, command: str) -> None:
    words = {
        "issue": ("issue", "create-external", "Search", "--comment", "Down"),
        "monitor": ("monitor", "Search", "warning"),
    }[command]
    cli.done(*words)
    again = cli.done(*words)

    assert "--always sends it all the same" in again.stderr
    assert len(nobl9.page.issues) == 1
    cli.done(*words, "--always")
    assert len(nobl9.page.issues) == 2


def test_w1_h_a_change_and_a_report_after_the_time_are_new(cli1: Caller, v1: StandIn) -> None:
    for severity in ("critical", "resolved", "critical"):
        cli1.done("monitor", "Search", severity)
    cli1.time.sleeps.append(301)
    cli1.done("monitor", "Search", "critical")

    assert len(v1.page.issues) == 4


def test_w1_h_a_report_that_failed_does_not_count(cli: Caller, nobl9: StandIn) -> None:
    nobl9.failures.append(Failure("/issues/external", 400))

    assert cli("monitor", "Search", "warning").exit_code == 5
    cli.done("monitor", "Search", "warning")

    assert len(nobl9.page.issues) == 1


@pytest.mark.parametrize(
    ("said", "sent"),
    [("2026-09-14T10:30:00+02:00", "2026-09-14T08:30:00Z"), ("08:30", "2026-09-15T08:30:00Z")],
)
def test_w1_i_times_are_sent_in_utc_with_their_zone(
    cli: Caller, nobl9: StandIn, said: str, sent: str
) -> None:
    cli.done("issue", "create", SEARCH, "--occurred-at", said)

    assert nobl9.page.issues[0]["occurredAt"] == sent


def test_w1_j_no_secret_is_printed_even_where_the_server_repeats_it(
    cli: Caller, nobl9: StandIn
) -> None:
    text = json.dumps({"message": f"{CLIENT_SECRET} {basic()} access-1"})
    nobl9.failures.append(Failure("/status", 400, text=text))

    outputs = [cli("check").output, cli("check").output, cli("check", "--json").output]

    assert "[hidden]" in outputs[0]
    printed = "".join(outputs)
    secrets = (CLIENT_SECRET, basic(), "access-1")
    assert [secret for secret in secrets if secret in printed] == []
