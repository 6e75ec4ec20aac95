"""What Nobl9's scripts do, against the stand-in in both versions of the API."""

import json

import pytest
from calling import Caller
from failing import Failure
from page import API, OTHER_API, SEARCH, SHOP
from stand_in import API_TOKEN, StandIn, basic


def test_c1_1_an_issue_is_reported_by_name_and_several_components_give_several_reports(
    cli: Caller, nobl9: StandIn
) -> None:
    words = ("API", "--comment", "Orders fail", "--requested-by", "datadog", "--json")
    said = json.loads(cli.done("issue", "create-external", *words).stdout)

    assert [one["componentId"] for one in said["reports"]] == [API, OTHER_API]
    assert {one["requestedBy"] for one in nobl9.page.issues} == {"datadog"}


@pytest.mark.parametrize("flags", [(), ("--propagate",)])
def test_c1_2_a_status_is_handed_on_to_what_is_above_where_that_is_asked(
    cli1: Caller, v1: StandIn, flags: tuple[str, ...]
) -> None:
    cli1.done("status", "change", "Search", "majorOutage", *flags)

    assert v1.page.status_of(SHOP) == ("majorOutage" if flags else "operational")


def test_c1_2_in_v2_the_user_is_told_that_it_follows_by_itself(cli2: Caller) -> None:
    said = cli2.done("status", "change", "Search", "majorOutage", "--propagate")

    assert "follows by itself in v2" in said.stderr


def test_c1_3_a_status_opens_an_incident_and_operational_ends_it(cli: Caller) -> None:
    cli.done("status", "change", SEARCH, "majorOutage", "--comment", "Down")
    ongoing = cli.done("incidents", "--ongoing").stdout
    cli.done("status", "change", SEARCH, "operational")

    assert ("Search" in ongoing, "Down" in ongoing) == (True, True)
    assert cli.done("incidents", "--ongoing").stdout == ""
    assert "Search" in cli.done("incidents", "--resolved").stdout


def test_c1_3_a_change_to_another_severity_keeps_the_one_disruption(
    cli2: Caller, v2: StandIn
) -> None:
    for status in ("degradedPerformance", "majorOutage", "majorOutage", "operational"):
        cli2.done("status", "change", SEARCH, status)

    assert [one["severity"] for one in v2.page.disruptions] == ["majorOutage"]
    assert [one for one in v2.writes if "disruptions" in one] == [
        "POST /disruptions",
        "POST /disruptions/d-1/change-severity",
        "POST /disruptions/d-1/clear",
    ]


def test_c1_4_incidents_are_listed_with_their_day_all_or_those_that_go_on(cli: Caller) -> None:
    cli.done("status", "change", SEARCH, "majorOutage")

    listed = [cli.done("incidents", *flag).stdout for flag in ((), ("--ongoing",), ("--resolved",))]

    assert [text.count("2026-09-14\tSearch") for text in listed] == [1, 1, 0]
    assert cli("incidents", "--ongoing", "--resolved").exit_code == 2


def test_c1_5_issues_are_counted_by_source_time_and_component(cli: Caller) -> None:
    cli.done("issue", "create", SEARCH)
    cli.done("issue", "create-external", "Search")

    rows = [line.split("\t") for line in cli.done("issue", "summary").stdout.splitlines()]

    assert rows[0] == ["all", "2", "1", "1", "0", "2", "2", "2", ""]
    assert [rows[1][0], rows[1][1], rows[1][-1]] == ["Search", "2", "2"]


def test_c1_6_a_history_tells_when_from_what_to_what_by_whom_why_and_where_from(
    cli1: Caller,
) -> None:
    cli1.done("status", "change", SEARCH, "majorOutage", "--comment", "Down", "--propagate")

    (row,) = cli1.done("status", "history", "Shop").stdout.splitlines()

    assert row.split("\t") == [
        "2026-09-14T09:00:00Z",
        "operational",
        "majorOutage",
        "somebody",
        "Search",
        "Down",
    ]


def test_c1_6_a_history_is_put_together_of_disruptions_in_v2(cli2: Caller) -> None:
    cli2.done("status", "change", SEARCH, "majorOutage", "--comment", "Down")
    cli2.done("status", "change", SEARCH, "operational", "--comment", "Up")

    said = json.loads(cli2.done("status", "history", "Search", "--json").stdout)

    assert {one["comment"] for one in said["history"]} == {"Down", "Up"}


def test_c1_7_a_workflow_goes_from_the_report_to_the_end_in_eight_steps(
    cli: Caller, nobl9: StandIn
) -> None:
    said = cli.done("workflow", "Search", "majorOutage", "--yes", "--pause", "5s", "--json")

    assert [f"{number} of 8: " in said.stderr for number in range(1, 9)] == [True] * 8
    assert json.loads(said.stdout)["ongoing"][0]["componentName"] == "Search"
    assert (nobl9.page.status_of(SEARCH), cli.time.sleeps[-1]) == ("operational", 5.0)


def test_c1_7_what_a_workflow_began_is_ended_whatever_fails(cli: Caller, nobl9: StandIn) -> None:
    nobl9.failures.append(Failure("/issues/summary", 400))

    ended = cli("workflow", "Search", "majorOutage", "--yes")

    assert (ended.exit_code, nobl9.page.status_of(SEARCH)) == (5, "operational")


def test_c1_7_an_unknown_severity_begins_nothing(cli: Caller, nobl9: StandIn) -> None:
    assert cli("workflow", "Search", "partialOutage", "--yes").exit_code == 2
    assert nobl9.requests == []


@pytest.mark.parametrize(
    ("severity", "status", "above"),
    [
        ("warning", "degradedPerformance", "operational"),
        ("critical", "majorOutage", "majorOutage"),
        ("resolved", "operational", "operational"),
    ],
)
def test_c1_8_the_severity_of_an_alert_is_a_status_and_only_critical_goes_up(
    cli1: Caller, v1: StandIn, severity: str, status: str, above: str
) -> None:
    cli1.done("monitor", "Search", severity, "datadog")

    assert (v1.page.status_of(SEARCH), v1.page.status_of(SHOP)) == (status, above)
    assert v1.bodies("/issues/external")[0]["requestedBy"] == "datadog"


def test_c1_8_in_v2_it_is_a_disruption_and_its_end_is_no_issue(cli2: Caller, v2: StandIn) -> None:
    cli2.done("monitor", "Search", "critical")
    cli2.done("monitor", "Search", "resolved")

    assert [one["isCleared"] for one in v2.page.disruptions] == [True]
    assert len(v2.page.issues) == 1


def test_c1_8_a_severity_that_is_none_is_wrong_use(cli: Caller, nobl9: StandIn) -> None:
    assert (cli("monitor", "Search", "page").exit_code, nobl9.requests) == (2, [])


def test_c1_9_the_tree_of_components_is_listed_flat(cli: Caller) -> None:
    said = json.loads(cli.done("components", "--json").stdout)

    paths = ["Shop", "Shop / Search", "Shop / Wägen", "API", "Edge", "Edge / API"]
    assert [one["path"] for one in said] == paths
    assert said[1]["parentId"] == SHOP
    assert (
        cli.done("issue", "create-external", "--list-components").stdout
        == cli.done("components").stdout
    )


def test_c1_10_an_unknown_name_is_refused_before_anything_is_sent_with_what_is_near(
    cli: Caller, nobl9: StandIn
) -> None:
    ended = cli("issue", "create-external", "Serch")

    assert (ended.exit_code, nobl9.writes) == (4, [])
    assert "No component is called 'Serch'. Perhaps: 'Search'." in ended.stderr


def test_c1_10_a_name_is_sent_as_nobl9_spells_it(cli: Caller, nobl9: StandIn) -> None:
    cli.done("issue", "create-external", "  wägen ")

    assert nobl9.bodies("/issues/external")[0]["componentName"] == "Wägen"


def test_c1_11_a_check_tells_that_it_works_and_how_much_is_at_the_top(cli: Caller) -> None:
    said = cli.done("check")

    assert "they work" in said.stdout
    assert "Components: 6, 3 of them at the top" in said.stdout


@pytest.mark.parametrize(
    ("status", "code", "remedy"),
    [
        (400, 5, "Check what was given"),
        (401, 3, "client id and client secret belong together"),
        (403, 3, "may do this"),
        (404, 4, "`statuspage nobl9 components` lists"),
        (429, 6, "Try again in a minute"),
        (500, 7, "try again later"),
        (503, 7, "more often with --max-retries"),
    ],
)
def test_c1_13_each_kind_of_failure_has_an_exit_code_and_a_remedy(
    cli: Caller, nobl9: StandIn, status: int, code: int, remedy: str
) -> None:
    nobl9.failures += [Failure("/status", status)] * 2

    ended = cli("components", "--no-retry")

    assert (ended.exit_code, ended.stdout) == (code, "")
    assert remedy in ended.stderr
    assert ended.stderr.startswith("Error: Nobl9 answered GET /status-page/status with")


def test_c1_15_a_pair_signs_reports_in_itself_and_everything_else_by_a_token(
    cli: Caller, nobl9: StandIn
) -> None:
    cli.done("issue", "create-external", "Search")

    signed = {
        one.url.path.rpartition("/")[2]: one.headers["authorization"] for one in nobl9.requests
    }
    assert (signed["external"], signed["status"]) == (basic(), "Bearer access-1")


def test_c1_15_an_api_token_is_used_as_it_is(cli: Caller, nobl9: StandIn) -> None:
    del cli.variables["NOBL9_CLIENT_ID"], cli.variables["NOBL9_CLIENT_SECRET"]
    cli.variables["NOBL9_API_TOKEN"] = API_TOKEN

    cli.done("components")

    assert [one.headers["authorization"] for one in nobl9.requests] == [f"Bearer {API_TOKEN}"]
