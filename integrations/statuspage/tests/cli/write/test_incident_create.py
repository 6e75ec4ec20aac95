"""`statuspage incident create`: C0.1 to C0.6, and what never worked in the original."""

import json
from typing import Any

import pytest

from tests.cli.calling import Caller
from tests.statuspage.writing.store import Store, Trouble

from .shop import API, CART, PAGE, SEARCH

CREATE = ("incident", "create", "-p", PAGE, "-t", "Orders fail")


def sent(store: Store) -> dict[str, Any]:
    """What was last said of an incident."""
    incident: dict[str, Any] = store.sent["incident"]
    return incident


def test_every_option_of_the_original_has_its_field(cli: Caller, store: Store) -> None:
    """C0.1, C0.2"""
    ended = cli(
        *CREATE, "-m", "We look.", "-s", "identified", "-i", "major",
        "-cs", "partial_outage", "-c", API, "-c", SEARCH,
    )  # fmt: skip

    assert ended.exit_code == 0
    assert store.asked == ["POST /incidents"]
    assert sent(store) == {
        "name": "Orders fail",
        "body": "We look.",
        "status": "identified",
        "impact_override": "major",
        "components": {API: "partial_outage", SEARCH: "partial_outage"},
        "component_ids": [API, SEARCH],
        "deliver_notifications": False,
    }


def test_what_was_not_given_is_absent(cli: Caller, store: Store) -> None:
    """C0.3"""
    cli(*CREATE)

    assert sent(store) == {"name": "Orders fail", "deliver_notifications": False}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("incident", "create", "-p", PAGE), "--title"),
        ((*CREATE, "-s", "fixed"), "'fixed' is not one of"),
        ((*CREATE, "-i", "huge"), "'huge' is not one of"),
        ((*CREATE, "-cs", "down"), "'down' is not one of"),
        ((*CREATE, "-c", "API=down"), "it can be operational"),
        ((*CREATE, "-m", "a", "-F", "b"), "not both"),
        (("incident", "create", "-t", " "), "name is empty"),
    ],
)
def test_wrong_use_makes_no_request(
    cli: Caller, store: Store, arguments: tuple[str, ...], said: str
) -> None:
    """C0.4: also a missing option, for which nobody is asked without a terminal."""
    ended = cli(*arguments)

    assert ended.exit_code == 2
    assert said in ended.stderr
    assert [line for line in store.asked if line.startswith("POST")] == []


def test_the_incident_is_printed_for_people(cli: Caller, store: Store) -> None:
    """C0.5"""
    ended = cli(*CREATE, "-c", "API=major_outage")

    assert ended.stderr == "Created incident:\n"
    assert ended.stdout == (
        "ID: incident1\n"
        "Name: Orders fail\n"
        "Status: investigating\n"
        "Created: 2026-09-14T09:00:00+00:00\n"
        "Components: API (major outage)\n"
    )


def test_the_incident_is_printed_as_the_api_sent_it(cli: Caller, store: Store) -> None:
    """C0.6"""
    ended = cli(*CREATE, "--json")

    assert json.loads(ended.stdout)["id"] == "incident1"
    assert ended.stderr == ""


def test_a_component_without_a_status_has_a_major_outage(cli: Caller, store: Store) -> None:
    """W0.c: in the original it was left out."""
    cli(*CREATE, "-c", API)

    assert sent(store)["components"] == {API: "major_outage"}


def test_a_status_without_components_changes_none(cli: Caller, store: Store) -> None:
    """W0.c: in the original it was a TypeError."""
    assert cli(*CREATE, "-cs", "partial_outage").exit_code == 0
    assert "components" not in sent(store)


def test_each_component_can_have_a_status_of_its_own(cli: Caller, store: Store) -> None:
    """W0.f: by name, and with under_maintenance, which the original left out."""
    cli(
        *CREATE,
        "-c",
        "API=under_maintenance",
        "-c",
        "Shop / Search=Partial Outage",
        "-c",
        f"{CART}=",
    )

    assert sent(store)["components"] == {API: "under_maintenance", SEARCH: "partial_outage"}
    assert sent(store)["component_ids"] == [API, SEARCH, CART]
    assert store.asked == ["GET /components", "POST /incidents"]


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("Serch", 4, "Perhaps: 'Shop / Search'"),
        ("Shop", 2, "is a group, whose status follows from its components"),
    ],
)
def test_a_name_that_does_not_do_is_told_before_anything_is_written(
    cli: Caller, store: Store, name: str, code: int, said: str
) -> None:
    ended = cli(*CREATE, "-c", name)

    assert (ended.exit_code, ended.stdout) == (code, "")
    assert said in ended.stderr
    assert store.incidents == {}


def test_a_message_has_several_lines(cli: Caller, store: Store) -> None:
    """W0.f: from standard input."""
    cli(*CREATE, "-F", "-", input="First.\n\nSecond.\n")

    assert sent(store)["body"] == "First.\n\nSecond."


def test_a_key_costs_one_request_and_opens_one_incident(cli: Caller, store: Store) -> None:
    first = cli(*CREATE, "--key", "orders", "--json")
    second = cli(*CREATE, "--key", "orders", "--json")

    assert json.loads(first.stdout)["id"] == json.loads(second.stdout)["id"]
    assert store.asked == [
        "GET /incidents/unresolved",
        "POST /incidents",
        "GET /incidents/unresolved",
    ]
    assert "open already" in cli(*CREATE, "--key", "orders").stderr


@pytest.mark.parametrize("trouble", [t for t in Trouble if t is not Trouble.NONE])
def test_with_a_key_there_is_one_incident_whatever_happens(
    cli: Caller, store: Store, trouble: Trouble
) -> None:
    store.troubles.extend([Trouble.NONE, trouble])

    assert cli(*CREATE, "--key", "orders").exit_code == 0
    assert len(store.incidents) == 1


def test_without_a_key_an_answer_that_was_lost_is_not_repeated(cli: Caller, store: Store) -> None:
    store.troubles.append(Trouble.ANSWER_LOST)

    ended = cli(*CREATE)

    assert ended.exit_code == 7
    assert "look with `statuspage incident list` before you try again" in ended.stderr
    assert len(store.incidents) == 1


def test_a_dry_run_prints_the_request_and_what_it_would_change(cli: Caller, store: Store) -> None:
    ended = cli(*CREATE, "-c", "API=major_outage", "-c", f"{SEARCH}=", "--key", "k", "--dry-run")

    first, _, request = ended.stdout.partition("\n")
    assert first == f"POST /v1/pages/{PAGE}/incidents"
    assert json.loads(request)["incident"]["metadata"] == {"statuspage_client": {"key": "k"}}
    assert ended.stderr.splitlines() == [
        "While one with this key is open, none is created.",
        "API: operational -> major_outage",
        "Shop / Search: operational, stays so",
    ]
    assert {request.method for request in store.requests} == {"GET"}


def test_a_dry_run_is_json_where_that_is_asked(cli: Caller) -> None:
    assert json.loads(cli(*CREATE, "--dry-run", "--json").stdout) == {
        "incident": {"name": "Orders fail", "deliver_notifications": False}
    }


def test_a_template_gives_what_was_not_given(cli: Caller, store: Store) -> None:
    store.templates = [
        {
            "id": "t1",
            "name": "Search",
            "title": "Search is slow",
            "body": "We look into it.",
            "update_status": "identified",
            "should_send_notifications": True,
            "components": [{"id": SEARCH}, {"name": "odd"}],
        },
        {"id": "t2", "name": None, "title": None},
    ]

    cli("incident", "create", "-p", PAGE, "--template", "search", "-m", "Our own words.")

    assert sent(store) == {
        "name": "Search is slow",
        "body": "Our own words.",
        "status": "identified",
        "components": {},
        "component_ids": [SEARCH],
        "deliver_notifications": False,
    }


@pytest.mark.parametrize(("names", "code"), [(["Search", "search"], 2), (["Shop"], 4)])
def test_a_template_is_known_by_its_name(
    cli: Caller, store: Store, names: list[str], code: int
) -> None:
    store.templates = [{"id": f"t{number}", "name": name} for number, name in enumerate(names)]

    ended = cli("incident", "create", "-p", PAGE, "--template", "Search")

    assert ended.exit_code == code
    assert store.incidents == {}


def test_an_incident_of_the_past_belongs_into_the_history(cli: Caller, store: Store) -> None:
    cli(*CREATE, "--backfill", "2026-09-01 22:00", "-s", "resolved")

    assert sent(store)["backfill_date"] == "2026-09-01T22:00:00Z"
    assert sent(store)["backfilled"] is True


def test_the_words_of_the_api_are_told_of_a_refusal(cli: Caller, store: Store) -> None:
    """W0.e"""
    ended = cli("incident", "update", "gone", "-p", PAGE, "-m", "x")

    assert ended.exit_code == 4
    assert "not found" in ended.stderr
