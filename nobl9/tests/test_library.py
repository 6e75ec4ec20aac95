"""From a webhook handler, without the command."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from stand_in import ADDRESS, VARIABLES, StandIn
from statuspage import UnknownName, UnusableArgument

from statuspage_nobl9 import ExternalIssue, Reported, create_external_issue, find

type Report = Callable[..., Reported]


@pytest.fixture
def report(tmp_path: Path, nobl9: StandIn) -> Report:
    """The function, whose requests end at the stand-in."""

    def reported(*names: str, **fields: Any) -> Reported:
        settings = find({"NOBL9_BASE_URL": ADDRESS, **VARIABLES}, Path("none"), lambda _: [])
        http = httpx.AsyncClient(transport=httpx.MockTransport(nobl9))
        given = {"settings": settings, "http": http, "folder": tmp_path, **fields}
        return create_external_issue(*names, **given)

    return reported


def test_c1_14_a_webhook_handler_reports_with_one_call(
    report: Report, nobl9: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    came = report(
        component_name="Search",
        status="degradedPerformance",
        comment="Alert: HighLatency",
        requested_by="prometheus",
    )

    assert [one["requestedBy"] for one in came.reports] == ["prometheus"]
    assert [one["newStatus"] for one in came.status_changes] == ["degradedPerformance"]
    assert nobl9.page.status_of("search") == "degradedPerformance"
    assert capsys.readouterr() == ("", "")


async def test_c1_14_it_may_be_called_within_an_event_loop(report: Report, nobl9: StandIn) -> None:
    report("Search")

    assert len(nobl9.page.issues) == 1


def test_a_repeated_alert_is_told_to_be_one(report: Report, nobl9: StandIn) -> None:
    first, again = report("Search", "majorOutage"), report("Search", "majorOutage")

    assert (first.is_repeated, again.is_repeated, len(nobl9.page.issues)) == (False, True, 1)
    assert not report("Search", "majorOutage", repeat_after=timedelta()).is_repeated


def test_an_unknown_name_is_an_error_with_what_is_near(report: Report) -> None:
    with pytest.raises(UnknownName) as refused:
        report("Serch")

    assert refused.value.near == ("Search",)


@pytest.mark.parametrize(
    ("fields", "argument"),
    [
        ({"component_name": " "}, "component_name"),
        ({"requested_by": ""}, "requested_by"),
        ({"requested_by": "x" * 51}, "requested_by"),
        ({"status": "partialOutage"}, "status"),
        ({"propagate": True}, "propagate"),
        ({"url": "ftp://x"}, "url"),
        ({"url": "https://" + "x" * 2048}, "url"),
    ],
)
def test_what_nobl9_would_refuse_is_refused_before_it_is_sent(
    fields: dict[str, Any], argument: str
) -> None:
    with pytest.raises(UnusableArgument) as refused:
        ExternalIssue(**{"component_name": "A", "occurred_at": datetime.now(UTC), **fields})

    assert refused.value.argument == argument


def test_an_address_is_sent_where_the_api_takes_one(report: Report, nobl9: StandIn) -> None:
    report("Search", url="https://monitor.test/alerts/1")

    (body,) = nobl9.bodies("/issues/external")
    assert ("url" in body) == (nobl9.version == "v2")


def test_it_needs_nothing_of_the_command() -> None:
    program = (
        "import sys; sys.modules['click'] = sys.modules['rich'] = None\n"
        "from statuspage_nobl9 import create_external_issue\n"
    )

    subprocess.run([sys.executable, "-c", program], check=True)
