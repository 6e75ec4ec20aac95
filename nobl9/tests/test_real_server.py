"""Against the server of this repository, in both versions of the API."""

import asyncio
import json
from pathlib import Path

import pytest
from calling import Caller
from real_server import API, SEARCH, SHOP, RealServer

from statuspage_nobl9 import Reported, create_external_issue, find


def test_c1_1_and_c1_8_an_alert_is_on_the_page_and_in_what_port_reads(
    real: Caller, running: RealServer
) -> None:
    real.done("monitor", "Search", "critical", "datadog", "--comment", "Down", "--always")
    during = running.status(SEARCH)
    opened = [one["components"][0]["id"] for one in running.read("/incidents/unresolved")]
    real.done("monitor", "Search", "resolved", "datadog", "--always")

    assert (during, running.status(SEARCH)) == ("major_outage", "operational")
    assert opened == [SEARCH]
    assert running.read("/incidents/unresolved") == []


def test_c1_2_the_group_above_follows(real: Caller, running: RealServer) -> None:
    real.done("status", "change", "Search", "majorOutage", "--propagate")
    during = running.status(SHOP)
    real.done("status", "change", "Search", "operational", "--propagate")

    assert (during, running.status(SHOP)) == ("major_outage", "operational")


def test_c1_3_and_c1_4_and_c1_6_a_change_is_listed_and_in_the_history(
    real: Caller, running: RealServer
) -> None:
    real.done("status", "change", "API", "degradedPerformance", "--comment", "Slow")
    ongoing = real.done("incidents", "--ongoing").stdout
    real.done("status", "change", API, "operational", "--comment", "Fine")

    assert "API" in ongoing
    history = json.loads(real.done("status", "history", "API", "--json").stdout)["history"]
    assert [one["newStatus"] for one in history[:2]] == ["operational", "degradedPerformance"]
    assert running.status(API) == "operational"


def test_c1_5_and_c1_9_and_c1_11_what_is_read(real: Caller) -> None:
    real.done("issue", "create", "Shop / Search", "--comment", "Slow")

    assert "Slow" in real.done("issue", "list").stdout
    assert real.done("issue", "summary").stdout.startswith("all\t")
    assert "Shop / Search" in real.done("components").stdout
    assert f"API: {real.api}" in real.done("check").stdout


def test_c1_7_and_c1_10_and_c1_15_the_workflow_and_what_is_refused(
    real: Caller, running: RealServer
) -> None:
    real.done("workflow", "API", "majorOutage", "--yes")
    unknown = real("issue", "create-external", "Serch")
    real.variables["NOBL9_CLIENT_SECRET"] = "another"
    refused = real("check")

    assert (unknown.exit_code, refused.exit_code) == (4, 3)
    assert running.status(API) == "operational"


def test_c1_14_a_webhook_handler_reports_with_one_call(
    real: Caller, running: RealServer, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = find(running.variables, Path("none"), lambda _: [])

    async def handle(status: str) -> Reported:
        return create_external_issue(
            "Search",
            status,
            requested_by=f"handler {real.api}",
            settings=settings,
            api=str(real.api),
            folder=real.folder,
        )

    came = asyncio.run(handle("degradedPerformance"))
    during = running.status(SEARCH)
    asyncio.run(handle("operational"))

    assert [one["requestedBy"] for one in came.reports] == [f"handler {real.api}"]
    assert (during, running.status(SEARCH)) == ("degraded_performance", "operational")
    assert capsys.readouterr() == ("", "")
