"""`statuspage component set`, `report` and `workflow`: what section 1.2 has a meaning for here."""

import json

import pytest

from tests.cli.calling import Caller
from tests.statuspage.writing.store import Store, Trouble

from .shop import API, CART, PAGE, SEARCH


@pytest.mark.parametrize(
    ("named", "statuses"),
    [
        (("API=major_outage",), {API: "major_outage"}),
        (
            ("API", "Shop / Search", "Degraded Performance"),
            dict.fromkeys((API, SEARCH), "degraded_performance"),
        ),
        (
            ("API=partial_outage", "Cart=major_outage"),
            {API: "partial_outage", CART: "major_outage"},
        ),
        (
            ("API=partial_outage", "Cart", "major_outage"),
            {API: "partial_outage", CART: "major_outage"},
        ),
    ],
)
def test_components_are_set_each_or_all_to_one_status(
    cli: Caller, store: Store, named: tuple[str, ...], statuses: dict[str, str]
) -> None:
    assert cli("component", "set", *named, "-p", PAGE).exit_code == 0
    assert {id_: s for id_, s in store.statuses.items() if s != "operational"} == statuses


def test_one_component_is_printed_as_an_object_and_several_as_a_list(cli: Caller) -> None:
    one = cli("component", "set", f"{API}=major_outage", "-p", PAGE, "--json")
    two = cli("component", "set", API, SEARCH, "operational", "-p", PAGE, "--json")

    assert json.loads(one.stdout)["status"] == "major_outage"
    assert [row["id"] for row in json.loads(two.stdout)] == [API, SEARCH]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("component", "set", "API"), "operational"),
        (("component", "set", "API", "Search="), "The status at the end"),
        (("component", "set", "major_outage"), "NAME=STATUS"),
        (("component", "set", "Shop=operational"), "is a group"),
        (("report", "API"), "either --status or --severity"),
        (("report", "API", "--severity", "odd"), "it can be critical, warning, resolved"),
        (("report", "API", "--severity", "odd", "--map", "odd"), "WORD=STATUS"),
        (("report", "API", "--severity", "odd", "--map", "odd=down"), "it can be operational"),
        (("workflow", "API", "major_outage"), "--yes"),
        (("workflow", "API", "operational", "--yes"), "is not one of"),
    ],
)
def test_wrong_use_writes_nothing(
    cli: Caller, store: Store, arguments: tuple[str, ...], said: str
) -> None:
    ended = cli(*arguments, "-p", PAGE)

    assert ended.exit_code == 2
    assert said in ended.stderr
    assert {request.method for request in store.requests} <= {"GET"}


def test_a_dry_run_shows_each_request(cli: Caller, store: Store) -> None:
    ended = cli("component", "set", "API=major_outage", "-p", PAGE, "--dry-run")

    assert ended.stdout.startswith(f"PATCH /v1/pages/{PAGE}/components/{API}\n")
    assert "API: operational -> major_outage" in ended.stderr
    assert store.statuses[API] == "operational"


def report(cli: Caller, *arguments: str) -> str:
    return cli("report", "API", *arguments, "-p", PAGE).stderr


def test_one_incident_is_open_for_a_component_however_often_it_is_reported(
    cli: Caller, store: Store
) -> None:
    """C1.1, C1.3"""
    said = [
        report(cli, "--status", status, "--comment", "Orders fail.")
        for status in ("partial_outage", "partial_outage", "major_outage", "operational")
    ]

    assert said == [
        "Opened an incident:\n",
        "Nothing new:\n",
        "It is worse than before:\n",
        "Resolved the incident:\n",
    ]
    [incident] = store.incidents.values()
    assert (incident["name"], incident["status"]) == ("API is disrupted", "resolved")
    assert store.statuses[API] == "operational"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("critical",), "major_outage"),
        (("WARNING",), "degraded_performance"),
        (("critical", "--map", "critical=Partial Outage"), "partial_outage"),
        (("high", "--map", "high=major_outage"), "major_outage"),
    ],
)
def test_a_severity_is_a_status_and_the_map_can_be_changed(
    cli: Caller, store: Store, arguments: tuple[str, ...], status: str
) -> None:
    """C1.8"""
    report(cli, "--severity", *arguments)
    assert store.statuses[API] == status

    report(cli, "--severity", "resolved")
    assert store.statuses[API] == "operational"


def test_what_is_well_is_nothing_new(cli: Caller, store: Store) -> None:
    assert "Nothing new: API" in report(cli, "--severity", "resolved")
    ended = cli("report", "API", "--status", "operational", "-p", PAGE, "--json")
    assert ended.stdout == "null\n"
    assert store.incidents == {}


def test_who_reported_it_stands_in_the_history(cli: Caller, store: Store) -> None:
    """C1.6"""
    report(cli, "--status", "major_outage", "--comment", "Down.", "--requested-by", "datadog")

    history = cli("component", "history", "API", "-p", PAGE, "--json")

    [change] = json.loads(history.stdout)
    assert (change["changed_by"], change["comment"]) == ("datadog", "Down.")


def test_a_name_that_is_unknown_is_not_reported(cli: Caller, store: Store) -> None:
    """C1.10"""
    ended = cli("report", "Serch", "--status", "major_outage", "-p", PAGE)

    assert ended.exit_code == 4
    assert "Shop / Search" in ended.stderr
    assert store.incidents == {}


def test_the_title_has_the_name_of_a_component_that_is_named_by_its_id(
    cli: Caller, store: Store
) -> None:
    cli("report", API, "--status", "major_outage", "-p", PAGE)

    assert store.incidents["incident1"]["name"] == "API is disrupted"


@pytest.mark.parametrize("trouble", [t for t in Trouble if t is not Trouble.NONE])
def test_a_report_opens_one_incident_whatever_happens(
    cli: Caller, store: Store, trouble: Trouble
) -> None:
    """C1.12"""
    store.troubles.extend([Trouble.NONE, Trouble.NONE, trouble])

    assert "Opened" in report(cli, "--status", "major_outage")
    assert len(store.incidents) == 1


def test_a_workflow_goes_through_the_life_of_an_incident(cli: Caller, store: Store) -> None:
    """C1.7"""
    ended = cli("workflow", "API", "major_outage", "-p", PAGE, "--yes", "--pause", "5s")

    assert ended.exit_code == 0
    assert cli.sleeps == [5.0, 5.0]
    [incident] = store.incidents.values()
    assert [update["status"] for update in incident["incident_updates"]] == [
        "resolved",
        "identified",
        "investigating",
    ]
    assert store.statuses[API] == "operational"


def test_a_workflow_waits_on_a_terminal_for_somebody(cli: Caller, store: Store) -> None:
    cli.terminal = True

    ended = cli("workflow", "API", "major_outage", "-p", PAGE, input="y\n\n\n")

    assert ended.exit_code == 0
    assert cli.sleeps == []
    assert ended.stderr.count("Enter to go on") == 2
