"""Where Nobl9's scripts fail, against the server of this repository in both versions of the API."""

import json
from datetime import UTC, datetime, timedelta, timezone

from calling import Caller
from failing import Failure
from real_server import SEARCH, RealServer
from relay import Relay


def test_w1_a_a_dry_run_writes_nothing_on_the_page(real: Caller, running: RealServer) -> None:
    before = running.issues()

    said = real.done("monitor", "Search", "critical", "--dry-run")

    assert "Nothing was sent" in said.stdout
    assert (running.issues(), running.status(SEARCH)) == (before, "operational")


def test_w1_g_json_stands_alone_on_standard_output(real: Caller, relay: Relay) -> None:
    relay.failures.append(Failure("/issues", 503))

    said = real.done("issue", "list", "--json")

    assert "issues" in json.loads(said.stdout)
    assert "Trying again in" in said.stderr


def test_w1_h_a_repeated_alert_is_one_report_on_the_page(real: Caller, running: RealServer) -> None:
    before = len(running.issues())

    for _ in range(2):
        real.done("monitor", "Search", "warning", "--comment", f"Slow in {real.api}")

    assert len(running.issues()) == before + 1
    real.done("monitor", "Search", "resolved")


def test_w1_i_the_page_keeps_times_in_utc_whatever_zone_they_are_said_in(
    real: Caller, running: RealServer
) -> None:
    an_hour_ago = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    said = an_hour_ago.astimezone(timezone(timedelta(hours=2)))

    real.done("issue", "create", SEARCH, "--occurred-at", said.isoformat())

    kept = next(one for one in running.issues() if one["requestedBy"] is None)["occurredAt"]
    assert kept.endswith("Z")
    assert datetime.fromisoformat(kept) == an_hour_ago


def test_w1_j_no_secret_is_printed(real: Caller, relay: Relay, running: RealServer) -> None:
    ended = [real("check"), real("check", "--json")]
    token = next(one.json()["access_token"] for one in relay.answers if "access_token" in one.text)
    real.variables["NOBL9_CLIENT_SECRET"] = "another-secret"
    ended.append(real("check"))

    printed = "".join(one.output for one in ended)
    signed = {one.headers["authorization"].split()[1] for one in relay.requests}
    secrets = {running.key, running.key[:10], token, "another-secret", *signed}
    assert [one.exit_code for one in ended] == [0, 0, 3]
    assert [secret for secret in secrets if secret in printed] == []
