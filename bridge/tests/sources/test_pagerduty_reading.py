"""What is read from PagerDuty, and when it counts as not read."""

from typing import Any

import httpx
import pytest
from made_sources import pagerduty_reader
from making import API, CART, NOW
from strict_pagerduty import StrictPagerDuty, incident

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.errors import SourceUnread


@pytest.fixture
def there() -> StrictPagerDuty:
    return StrictPagerDuty()


async def read(there: StrictPagerDuty) -> list[Alert]:
    return await pagerduty_reader(there).read(NOW)


async def test_c2_5_acknowledged_incidents_are_confirmed_alerts(there: StrictPagerDuty) -> None:
    there.incidents = [incident("P1", f"component:{API}"), incident("P2", "env:prod")]

    (alert,) = await read(there)

    assert (alert.id, alert.component, alert.status) == ("P1", API, "partial_outage")
    assert alert.is_confirmed
    assert there.asked[0].host == "api.eu.pagerduty.com"


async def test_triggered_incidents_are_not_confirmed(there: StrictPagerDuty) -> None:
    there.incidents = [incident("P1", f"component:{API}", status="triggered")]

    assert [one.is_confirmed for one in await read(there)] == [False]


async def test_w2_b_all_pages_are_read(there: StrictPagerDuty) -> None:
    there.incidents = [incident(f"P{n}", f"component:{API}") for n in range(250)]

    assert len(await read(there)) == 250


async def test_w2_b_an_incident_of_last_year_is_read(there: StrictPagerDuty) -> None:
    there.incidents = [incident("P1", f"component:{API}", created_at="2025-03-01T11:50:00Z")]

    assert len(await read(there)) == 1


async def test_w2_d_every_alert_of_an_incident_counts(there: StrictPagerDuty) -> None:
    grouped = incident("P1", f"component:{API}", alert_counts={"all": 3})
    there.incidents = [grouped]
    there.alerts["P1"] = [
        {"id": "A1", "body": {"details": {"tags": [f"component_{CART}"]}}},
        {"id": "A2", "body": {"cef_details": {"details": '{"tags": "component:Search"}'}}},
        {"id": "A3", "body": None},
    ]

    assert {one.component for one in await read(there)} == {API, CART, "Search"}


async def test_w2_d_what_was_left_out_for_its_size_is_read_from_the_alert(
    there: StrictPagerDuty,
) -> None:
    entry = {"channel": {"type": "api", "details_omitted": True}}
    there.incidents = [incident("P1", first_trigger_log_entry=entry)]
    there.alerts["P1"] = [{"id": "A1", "body": {"details": {"tags": f"component:{API}"}}}]

    assert [one.component for one in await read(there)] == [API]


async def test_alerts_are_read_again_only_when_there_are_more(there: StrictPagerDuty) -> None:
    there.incidents = [incident("P1", "env:prod")]
    account = pagerduty_reader(there)

    await account.read(NOW)
    await account.read(NOW)
    assert len(there.asked) == 3

    there.incidents = [incident("P1", "env:prod", alert_counts={"all": 2})]
    await account.read(NOW)
    assert len(there.asked) == 5


@pytest.mark.parametrize(
    "entry",
    [
        None,
        {},
        {"channel": None},
        {"channel": {"type": "web_trigger", "details": "It is slow."}},
        {"channel": {"details": None, "cef_details": None}},
        {"channel": {"details": {"tags": None}}},
    ],
)
async def test_c2_6_an_incident_that_names_nothing_is_passed_over(
    there: StrictPagerDuty, entry: Any
) -> None:
    there.incidents = [incident("P1", first_trigger_log_entry=entry)]

    assert await read(there) == []


async def test_c2_6_a_mail_names_its_component(there: StrictPagerDuty) -> None:
    channel = {"type": "email", "body": "Errors\nComponent: Label printing\n"}
    there.incidents = [incident("P1", first_trigger_log_entry={"channel": channel})]

    assert [one.component for one in await read(there)] == ["Label printing"]


@pytest.mark.parametrize(
    "failing",
    [
        [httpx.Response(500)] * 3,
        [httpx.Response(429, headers={"ratelimit-reset": "50"})],
        [httpx.Response(200, text="<html>")],
        [httpx.Response(200, json={"error": "no"})],
    ],
)
async def test_what_is_not_read_to_its_end_is_not_read(
    there: StrictPagerDuty, failing: list[httpx.Response]
) -> None:
    there.failing = failing

    with pytest.raises(SourceUnread, match="pagerduty/hugops"):
        await read(there)


async def test_w2_i_a_wrong_key_or_region_is_told(there: StrictPagerDuty) -> None:
    with pytest.raises(SourceUnread, match="Check its key, and whether the address"):
        await pagerduty_reader(there, "other").read(NOW)

    assert len(there.asked) == 1


async def test_a_list_that_changes_meanwhile_is_read_again(there: StrictPagerDuty) -> None:
    there.incidents = [incident(f"P{n}", f"component:{API}") for n in range(150)]
    there.resolves_one = True

    assert len(await read(there)) == 149
