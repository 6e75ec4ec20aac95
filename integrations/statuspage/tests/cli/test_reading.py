"""The commands that read: what they ask for, and what they print of it."""

import json
from typing import Any

import httpx
import pytest

from tests.account import Account, Page

from .calling import Caller

PAGE = "a0page000001"
SEARCH, CART = "a0comp000001", "a0comp000002"


@pytest.fixture
def page(account: Account) -> Page:
    """A page with two components, one of them in a group."""
    page = account.add_page(
        id=PAGE, name="Acme Cloud", subdomain="acme", viewers_must_be_team_members=True
    )
    group = account.add_group(page, "partial_outage")
    group_id = group["id"]
    page.components[-1]["name"] = "Shop"
    account.add_component(
        page, id=SEARCH, name="Search", group_id=group_id, status="partial_outage", updated_at=None
    )
    account.add_component(page, id=CART, name="Cart", updated_at="2026-09-14T08:00:00.123Z")
    return page


def update(
    status: str, at: str, *affected: dict[str, Any] | None, body: object = ""
) -> dict[str, Any]:
    return {
        "id": f"u{at}",
        "status": status,
        "created_at": at,
        "display_at": at,
        "body": body,
        "affected_components": None if affected == (None,) else list(affected),
    }


def affects(code: str | None, old: str, new: str) -> dict[str, Any]:
    return {"code": code, "name": "Shop - Search", "old_status": old, "new_status": new}


def asked(account: Account) -> list[str]:
    return [address.removeprefix(f"/v1/pages/{PAGE}/").split("?")[0] for address in account.counted]


def test_open_incidents_are_listed_with_one_request(
    cli: Caller, account: Account, page: Page
) -> None:
    """C1.4"""
    account.add_incident(page, name="Over")
    opened = account.add_incident(
        page,
        id="a0inc0000009",
        name="Search\tis\n[red]down[/red] \x1b[2J",
        status="identified",
        created_at="2026-09-14T08:59:00.000Z",
        components=[{"id": SEARCH, "name": "Search", "status": "partial_outage"}],
    )

    ended = cli("incident", "list", "--page", PAGE)

    assert ended.stdout == (
        "a0inc0000009\tidentified\tminor\t2026-09-14T08:59:00.000Z\t"
        "Search is [red]down[/red] �[2J\tSearch\n"
    )
    assert asked(account) == ["incidents/unresolved"]
    assert json.loads(cli("incident", "list", "--page", PAGE, "--json").stdout) == [opened]


def test_a_terminal_shows_incidents_by_day_with_relative_times_and_colours(
    cli: Caller, account: Account, page: Page
) -> None:
    for day in ("14", "14", "13"):
        account.add_incident(page, status="monitoring", created_at=f"2026-09-{day}T08:00:00Z")
    page.incidents.reverse()
    cli.terminal = True

    said = cli("incident", "list", "--page", PAGE).stdout

    assert said.count("2026-09-14") == 1
    assert said.index("2026-09-14") < said.index("2026-09-13")
    assert "1 hour ago" in said
    assert "1 day ago" in said
    assert "\x1b[33mmonitoring\x1b[0m" in said


def test_no_color_turns_the_colours_off(cli: Caller, account: Account, page: Page) -> None:
    account.add_incident(page, status="monitoring")
    cli.terminal = True
    cli.variables["NO_COLOR"] = "1"

    said = cli("incident", "list", "--page", PAGE).stdout

    assert "monitoring" in said
    assert "\x1b[3" not in said


@pytest.mark.parametrize(
    ("option", "listed"),
    [
        ("--all", ["open", "over", "told about"]),
        ("--resolved", ["over", "told about"]),
        ("--open", ["open"]),
    ],
)
def test_incidents_are_listed_by_whether_they_are_over(
    cli: Caller, account: Account, page: Page, option: str, listed: list[str]
) -> None:
    """C1.4"""
    account.add_incident(page, name="told about", status="postmortem")
    account.add_incident(page, name="over")
    account.add_incident(
        page, name="kept", status="completed", scheduled_for="2026-01-01T00:00:00Z"
    )
    account.add_incident(page, name="open", status="investigating")

    said = json.loads(cli("incident", "list", "-p", PAGE, option, "--json").stdout)

    assert [incident["name"] for incident in said] == listed


def test_reading_ends_when_enough_is_listed(cli: Caller, account: Account, page: Page) -> None:
    for _ in range(150):
        account.add_incident(page)

    said = json.loads(cli("incident", "list", "-p", PAGE, "--all", "-n", "3", "--json").stdout)

    assert len(said) == 3
    assert asked(account) == ["incidents"]


def test_no_incident_is_an_empty_list_and_a_note(cli: Caller, page: Page) -> None:
    ended = cli("incident", "list", "-p", PAGE)

    assert (ended.stdout, ended.stderr) == ("", "No such incidents.\n")


def test_an_incident_is_shown_with_its_updates(cli: Caller, account: Account, page: Page) -> None:
    incident = account.add_incident(
        page,
        id="a0inc0000009",
        name="Search is slow",
        status="monitoring",
        impact=None,
        shortlink="https://stspg.io/x",
        components=[{"id": SEARCH, "name": "Search", "status": "partial_outage"}, None],
        incident_updates=[
            update(
                "monitoring",
                "2026-09-14T08:00:00Z",
                affects(SEARCH, "operational", "partial_outage"),
                affects(None, "operational", "partial_outage"),
                affects(CART, "operational", "operational"),
                body="A fix is out.\n\nWe watch it.\x07",
            ),
            update("investigating", "2026-09-14T07:00:00Z", None, body=None),
        ],
    )

    assert cli("incident", "show", "a0inc0000009", "-p", PAGE).stdout == (
        "ID: a0inc0000009\n"
        "Name: Search is slow\n"
        "Status: monitoring\n"
        "Created: 2026-01-01T00:00:00Z\n"
        "Updated: 2026-01-01T00:00:00Z\n"
        "Components: Search (partial outage)\n"
        "URL: https://stspg.io/x\n"
        "\n"
        "Update: monitoring\n"
        "At: 2026-09-14T08:00:00Z\n"
        "Components: Shop - Search: operational -> partial outage\n"
        "A fix is out.\n\nWe watch it.�\n"
        "\n"
        "Update: investigating\n"
        "At: 2026-09-14T07:00:00Z\n"
        "\n"
    )
    assert json.loads(cli("incident", "show", "a0inc0000009", "--json").stdout) == incident
    cli.terminal = True
    assert "2026-09-14T08:00:00Z (1 hour ago)" in cli("incident", "show", "a0inc0000009").stdout


def test_an_incident_that_is_not_there_is_not_found(cli: Caller, page: Page) -> None:
    ended = cli("incident", "show", "a0inc0000404", "-p", PAGE)

    assert (ended.exit_code, ended.stdout) == (4, "")


@pytest.mark.parametrize(
    ("options", "listed", "request_"),
    [
        ((), ["soon", "now"], "incidents/scheduled"),
        (("--upcoming",), ["soon"], "incidents/upcoming"),
        (("--active",), ["now"], "incidents/active_maintenance"),
        (("--all",), ["soon", "now", "over"], "incidents"),
        (("--all", "-n", "1"), ["soon"], "incidents"),
    ],
)
def test_maintenances_are_listed_by_when_they_are(
    cli: Caller,
    account: Account,
    page: Page,
    options: tuple[str, ...],
    listed: list[str],
    request_: str,
) -> None:
    account.add_incident(page, name="an incident")
    for name, status in (("over", "completed"), ("now", "verifying"), ("soon", "scheduled")):
        account.add_incident(
            page,
            name=name,
            status=status,
            scheduled_for="2026-09-14T22:00:00Z",
            scheduled_until=None,
        )

    said = json.loads(cli("maintenance", "list", "-p", PAGE, "--json", *options).stdout)

    assert [maintenance["name"] for maintenance in said] == listed
    assert asked(account) == [request_]
    assert "\t2026-09-14T22:00:00Z\t\tsoon" in cli("maintenance", "list", "-p", PAGE).stdout


def test_components_are_listed_by_the_names_that_other_commands_take(
    cli: Caller, account: Account, page: Page
) -> None:
    """C1.9"""
    assert cli("component", "list", "-p", PAGE).stdout == (
        f"{SEARCH}\tpartial_outage\tShop / Search\t\n"
        f"{CART}\toperational\tCart\t2026-09-14T08:00:00.123Z\n"
    )
    assert asked(account) == ["components"]
    assert len(json.loads(cli("component", "list", "--json").stdout)) == 3


def test_components_in_trouble_are_listed_alone(cli: Caller, page: Page) -> None:
    assert cli("component", "list", "-p", PAGE, "--not-operational").stdout.count("\n") == 1


def test_the_history_of_a_component_tells_when_from_what_to_what_by_whom_and_why(
    cli: Caller, account: Account, page: Page
) -> None:
    """C1.6"""
    account.add_incident(
        page,
        name="Search is down",
        created_at="2026-09-13T07:00:00Z",
        metadata={
            "statuspage_client": {
                "requested_by": {"major_outage": "datadog", "operational": "datadog"}
            }
        },
        incident_updates=[
            update(
                "resolved", "2026-09-14T08:00:00Z", affects(SEARCH, "major_outage", "operational")
            ),
            update("identified", "2026-09-13T08:00:00Z", None),
            update(
                "investigating",
                "2026-09-13T07:00:00Z",
                affects(SEARCH, "operational", "major_outage"),
                affects(CART, "operational", "major_outage"),
                body="No answers\nat all.",
            ),
        ],
    )

    assert cli("component", "history", "Shop / Search", "-p", PAGE).stdout == (
        "2026-09-14T08:00:00Z\tmajor_outage\toperational\tdatadog\tSearch is down\t\n"
        "2026-09-13T07:00:00Z\toperational\tmajor_outage\tdatadog\tSearch is down\t"
        "No answers at all.\n"
    )
    assert asked(account) == ["components", "incidents/unresolved", "incidents"]
    (last,) = json.loads(
        cli("component", "history", SEARCH, "-p", PAGE, "-n", "1", "--json").stdout
    )
    assert (last["previous_status"], last["new_status"]) == ("major_outage", "operational")


def test_a_history_reads_no_further_back_than_it_is_told(
    cli: Caller, account: Account, page: Page
) -> None:
    old, new = "2026-09-01T07:00:00Z", "2026-09-14T07:00:00Z"
    outage = affects(SEARCH, "operational", "major_outage")
    for _ in range(250):
        account.add_incident(
            page, created_at=old, incident_updates=[update("resolved", old, outage)]
        )
    account.add_incident(page, created_at=new, incident_updates=[update("resolved", new, outage)])

    said = cli("component", "history", SEARCH, "-p", PAGE, "--last", "7d").stdout

    assert said.count("\n") == 1
    assert asked(account) == ["incidents/unresolved", "incidents", "incidents"]


def test_a_server_that_lists_the_oldest_first_is_read_to_the_end(
    cli: Caller, account: Account, page: Page
) -> None:
    account.add_incident(page, created_at="2026-09-14T08:30:00Z")
    for day in range(150):
        account.add_incident(page, created_at=f"2025-0{9 - day // 30}-{30 - day % 30}T08:00:00Z")

    assert cli("summary", "-p", PAGE).stdout.startswith("all\t0\t1\t1\t1\n")


def test_pages_are_listed(cli: Caller, account: Account, page: Page) -> None:
    assert cli("page", "list").stdout == f"{PAGE}\tAcme Cloud\tacme\t\n"
    assert json.loads(cli("page", "list", "--json").stdout) == [page.raw]


def test_a_page_is_shown_with_the_status_of_its_components_where_it_has_no_public_view(
    cli: Caller, account: Account, page: Page
) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.path == f"/v1/pages/{PAGE}":
            return httpx.Response(200, json=page.raw)
        return account(request)

    cli.handler = handler

    said = cli("page", "show", "-p", PAGE).stdout

    assert "Status: minor\nDescription: Minor Service Outage\n" in said
    assert json.loads(cli("page", "show", "-p", PAGE, "--json").stdout) == page.raw


def test_a_page_that_is_gone_is_not_found(cli: Caller) -> None:
    cli.handler = lambda _: httpx.Response(404)

    assert cli("page", "show", "-p", PAGE).exit_code == 4


def test_templates_are_listed(cli: Caller) -> None:
    template = {"id": "t", "name": "Down", "title": "{{x}} is down", "update_status": "identified"}

    def handler(request: httpx.Request) -> httpx.Response:
        assert request.url.path == f"/v1/pages/{PAGE}/incident_templates"
        return httpx.Response(200, json=[template])

    cli.handler = handler

    assert cli("template", "list", "-p", PAGE).stdout == "t\tDown\tidentified\t{{x}} is down\t\n"


def test_incidents_are_counted_by_component_and_period(
    cli: Caller, account: Account, page: Page
) -> None:
    """C1.5"""
    components = [{"id": SEARCH, "name": "Search"}]
    for age, status in (
        ("2026-09-06", "resolved"),
        ("2026-09-08", "resolved"),
        ("2026-09-13T09", "resolved"),
        ("2026-09-14T08:30", "investigating"),
    ):
        account.add_incident(
            page,
            created_at=f"{age}:00Z" if "T08" in age else age,
            status=status,
            components=components,
        )
    account.add_incident(page, created_at="2026-09-14T08:00:01Z", incident_updates=None)
    account.add_incident(page, created_at="2026-09-14T08:30:00Z", status="scheduled")

    assert cli("summary", "-p", PAGE).stdout == "all\t1\t2\t3\t4\nSearch\t1\t1\t2\t3\n"
    assert json.loads(cli("summary", "-p", PAGE, "--json").stdout) == {
        "total": {"open": 1, "last_hour": 2, "last_day": 3, "last_week": 4},
        "components": [
            {
                "id": SEARCH,
                "name": "Search",
                "open": 1,
                "last_hour": 1,
                "last_day": 2,
                "last_week": 3,
            }
        ],
    }


def test_a_check_tells_whether_the_key_works_and_what_it_sees(
    cli: Caller, account: Account, page: Page
) -> None:
    """C1.11"""
    said = cli("check").stdout

    assert said == (
        "API key: works, found in the environment variable STATUSPAGE_API_KEY\n"
        "Host: https://api.statuspage.io\n"
        f"Pages: Acme Cloud ({PAGE})\n"
        "Requests left: 59 in this minute, unless others use the key too\n"
    )
    assert account.counted == ["/v1/pages"]
    assert json.loads(cli("check", "--json").stdout)["pages"] == [page.raw]


def test_a_check_of_a_key_that_does_not_work_says_what_to_do(cli: Caller) -> None:
    cli.variables["STATUSPAGE_API_KEY"] = "another"

    ended = cli("check")

    assert ended.exit_code == 3
    assert "statuspage auth login" in ended.stderr
