"""What the commands print, and what they refuse to begin with."""

import json

import pytest
from calling import Conan, Outcome
from proxy import Proxy
from real_server import PAGE, SEARCH, RealServer

COMMANDS = ["create_incident", "update_incident", "resolve_incident", "schedule_maintenance"]


def shown(outcome: Outcome, raw: dict[str, str], heading: str, *fields: str) -> bool:
    """Tell whether a text is this heading and these fields, one a line."""
    lines = [f"{field} {raw[key]}" for field, key in (pair.split("=") for pair in fields)]
    return outcome.out == "\n".join([heading, *lines]) + "\n"


def test_c0_5_a_new_incident_is_shown_as_in_the_document(conan: Conan, server: RealServer) -> None:
    outcome = conan.done(
        "create_incident", "-t", "Jenkins is overloaded", "-s", "investigating", "-i", "major"
    )

    (raw,) = server.incidents()
    assert outcome.out == (
        "Created incident:\n"
        f"Incident ID: {raw['id']}\n"
        f"Created at: {raw['created_at']}\n"
        "Name: Jenkins is overloaded\n"
        "Status: investigating\n"
        "Impact: major\n"
        f"URL: {raw['shortlink']}\n"
    )


@pytest.mark.parametrize(
    ("command", "words", "heading"),
    [
        ("update_incident", ["-s", "identified"], "Updated incident:"),
        ("resolve_incident", ["-e", "incident"], "Resolved incident:"),
    ],
)
def test_c0_5_a_change_also_shows_when_it_was_made(
    conan: Conan, server: RealServer, command: str, words: list[str], heading: str
) -> None:
    outcome = conan.done(command, "-ic", server.open(SEARCH), *words)

    (raw,) = server.incidents()
    fields = ("Incident ID:=id", "Created at:=created_at", "Updated at:=updated_at")
    rest = ("Name:=name", "Status:=status", "Impact:=impact", "URL:=shortlink")
    assert shown(outcome, raw, heading, *fields, *rest)


def test_c0_5_a_maintenance_shows_when_it_begins(conan: Conan, server: RealServer) -> None:
    outcome = conan.done("schedule_maintenance", "-t", "Weekly")

    (raw,) = server.incidents()
    fields = ("Maintenance ID:=id", "Created at:=created_at", "Name:=name")
    rest = ("Status:=status", "Impact:=impact", "URL:=shortlink")
    begin = "Scheduled for (UTC)=scheduled_for"
    assert shown(outcome, raw, "Scheduled maintenance:", *fields, begin, *rest)


def test_a_field_that_is_null_is_shown_as_empty(capsys: pytest.CaptureFixture[str]) -> None:
    from statuspage_commands.output import CREATED, Answer, as_text  # noqa: PLC0415

    as_text(CREATED)(Answer({"id": "hc9qf30zv16c", "shortlink": None}, "Created incident:"))

    assert capsys.readouterr().out.endswith("Impact:\nURL:\n")


def test_c0_6_json_is_the_answer_of_the_api_and_nothing_else(
    conan: Conan, server: RealServer
) -> None:
    outcome = conan.done("create_incident", "-t", "Störung", "-c", SEARCH, "--format=json")

    (raw,) = server.incidents()
    assert outcome.out == json.dumps(raw, indent=2) + "\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_c0_4_a_page_is_required(
    conan: Conan, server: RealServer, proxy: Proxy, command: str
) -> None:
    words = ("-tk", server.key) if command in COMMANDS[1:3] else ("-tk", server.key, "-t", "A")
    outcome = conan.bare(f"statuspage:{command}", *words)

    assert (outcome.code, outcome.out, proxy.requests) == (1, "", [])
    assert "Status Page ID is required." in outcome.err


def test_c0_4_a_title_is_required(conan: Conan, proxy: Proxy) -> None:
    outcome = conan("create_incident", "-m", "We look into it.")

    assert (outcome.code, proxy.requests) == (1, [])
    assert "Incident title is required." in outcome.err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("create_incident", ("-t", "A", "-s", "scheduled")),
        ("create_incident", ("-t", "A", "-i", "huge")),
        ("update_incident", ("-ic", "abc123def456", "-cs", "broken")),
        ("resolve_incident", ("-ic", "abc123def456", "-e", "party")),
    ],
)
def test_c0_4_a_word_that_is_none_of_the_choices_is_wrong_use(
    conan: Conan, proxy: Proxy, command: str, words: tuple[str, ...]
) -> None:
    outcome = conan(command, *words)

    assert (outcome.code, proxy.requests) == (2, [])
    assert "invalid choice" in outcome.err


@pytest.mark.parametrize("command", COMMANDS)
def test_the_names_that_conan_makes_work_too(conan: Conan, command: str) -> None:
    dashed = command.replace("_", "-")

    helped = conan.bare(f"statuspage:{dashed}", "-h")

    assert helped.code == 0
    assert f"usage: conan statuspage:{dashed} " in helped.out
    assert f"\nThe same as statuspage:{command}.\n\n" in helped.out


def test_a_dashed_name_does_the_same(conan: Conan, server: RealServer) -> None:
    conan.done("create-incident", "-t", "Orders fail")

    assert [one["name"] for one in server.incidents()] == ["Orders fail"]


def test_options_have_the_short_and_long_names_of_the_document(
    conan: Conan, server: RealServer
) -> None:
    words = f"--token={server.key} --page={PAGE} --title=A --message=B --status=monitoring"
    rest = f"--impact=minor --components {SEARCH} --component-status=operational --ignore-ssl"
    stored = "--keychain-user=somebody --keychain-service=elsewhere"

    outcome = conan.bare("statuspage:create_incident", *f"{words} {rest} {stored}".split())

    assert outcome.code == 0
