"""`statuspage incident update`, `resolve`, `delete` and `postmortem`."""

import json

import pytest

from tests.cli.calling import Caller
from tests.statuspage.writing.store import Store

from .shop import API, PAGE, SEARCH


@pytest.fixture
def incident(cli: Caller, store: Store) -> str:
    """An incident that broke API and Search."""
    cli(
        "incident", "create", "-p", PAGE, "-t", "Orders fail", "-c", API, "-c", SEARCH, "--key", "k"
    )
    store.requests.clear()
    return "incident1"


def test_an_update_sends_what_was_given(cli: Caller, store: Store, incident: str) -> None:
    """C0.7"""
    ended = cli(
        "incident", "update", incident, "-p", PAGE, "-s", "identified", "-m", "Found.",
        "-c", f"{API}=partial_outage",
    )  # fmt: skip

    assert ended.stderr == "Updated incident:\n"
    assert store.asked == [f"PATCH /incidents/{incident}"]
    assert store.sent["incident"] == {
        "status": "identified",
        "body": "Found.",
        "components": {API: "partial_outage"},
        "deliver_notifications": False,
    }


def test_an_incident_is_known_by_its_key(cli: Caller, store: Store, incident: str) -> None:
    ended = cli("incident", "update", "-p", PAGE, "--key", "k", "-m", "Found.", "--json")

    assert json.loads(ended.stdout)["id"] == incident
    assert store.asked == ["GET /incidents/unresolved", f"PATCH /incidents/{incident}"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("update", "incident1"), 2, "Say what is to be different"),
        (("update", "-m", "x"), 2, "Give either an id or --key"),
        (("update", "incident1", "--key", "k", "-m", "x"), 2, "Give either an id or --key"),
        (("update", "--key", "other", "-m", "x"), 4, "Nothing is open with the key 'other'"),
        (("update", "incident1", "-c", API), 2, "Say each component's status"),
        (("delete", "incident1"), 2, "--yes"),
        (("postmortem", "incident1"), 4, "has no postmortem"),
        (("postmortem", "incident1", "--revert", "--publish"), 2, "stands alone"),
    ],
)
def test_what_cannot_be_done_is_told_and_writes_nothing(
    cli: Caller, store: Store, incident: str, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ended = cli("incident", *arguments, "-p", PAGE)

    assert (ended.exit_code, ended.stdout) == (code, "")
    assert said in ended.stderr
    assert {request.method for request in store.requests} <= {"GET"}


def test_resolving_sets_the_components_back(cli: Caller, store: Store, incident: str) -> None:
    """C0.8"""
    ended = cli("incident", "resolve", incident, "-p", PAGE, "-m", "All is well again.")

    assert ended.stderr == "Resolved incident:\n"
    assert store.sent["incident"] == {
        "status": "resolved",
        "body": "All is well again.",
        "components": {API: "operational", SEARCH: "operational"},
        "deliver_notifications": False,
    }


def test_resolving_leaves_components_or_gives_them_another_status(
    cli: Caller, store: Store, incident: str
) -> None:
    cli("incident", "resolve", incident, "-p", PAGE, "--keep-components", "-i", "none", "-c", API)

    assert store.statuses[API] == "operational"
    assert store.statuses[SEARCH] == "major_outage"
    assert store.sent["incident"]["impact_override"] == "none"


def test_a_dry_run_of_resolving_shows_what_would_be_set_back(
    cli: Caller, store: Store, incident: str
) -> None:
    ended = cli("incident", "resolve", incident, "-p", PAGE, "--dry-run")

    assert ended.stdout.startswith(f"PATCH /v1/pages/{PAGE}/incidents/{incident}\n")
    assert "API: major_outage -> operational" in ended.stderr
    assert store.incidents[incident]["status"] == "investigating"


def test_a_dry_run_of_an_update_shows_its_request(cli: Caller, store: Store, incident: str) -> None:
    ended = cli("incident", "update", incident, "-p", PAGE, "-m", "Found.", "--dry-run", "--json")

    assert json.loads(ended.stdout)["incident"]["body"] == "Found."
    assert store.requests == []


def test_an_incident_is_deleted_when_somebody_agrees(
    cli: Caller, store: Store, incident: str
) -> None:
    cli.terminal = True
    assert cli("incident", "delete", incident, "-p", PAGE, input="n\n").exit_code == 1
    assert incident in store.incidents

    cli.terminal = False
    assert cli("incident", "delete", incident, "-p", PAGE, "--yes").exit_code == 0
    assert store.incidents == {}


def test_a_postmortem_is_written_published_and_taken_back(
    cli: Caller, store: Store, incident: str
) -> None:
    def postmortem(*arguments: str) -> str:
        return cli("incident", "postmortem", incident, "-p", PAGE, *arguments).output

    assert postmortem("-m", "Why it was.") == "Wrote the draft:\nWhy it was.\n"
    assert postmortem("--publish").startswith("Published:\nPublished at: 2026")
    assert store.sent["postmortem"]["notify_subscribers"] is False
    assert postmortem().endswith("Why it was.\n")
    assert postmortem("--revert").startswith("No longer public:\n")
    assert json.loads(postmortem("--json"))["body_draft"] == "Why it was."


def test_a_postmortem_is_written_and_published_to_subscribers_at_once(
    cli: Caller, store: Store, incident: str
) -> None:
    cli("incident", "postmortem", incident, "-p", PAGE, "-m", "Why.", "--publish", "--notify")

    assert store.postmortems[incident]["body"] == "Why."
    assert store.sent["postmortem"]["notify_subscribers"] is True
