"""What Datadog sends and lists."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from made_sources import MESSAGES, read, sent, source

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.errors import Refused

EXAMPLE = Path(__file__).parents[2] / "examples/sources/datadog.json"


def told(transition: str, **fields: str) -> list[tuple[str, bool, str]]:
    alerts = sent(source("datadog"), MESSAGES["datadog"] | {"transition": transition} | fields)
    return [(one.id, one.is_open, one.status) for one in alerts]


@pytest.mark.parametrize("transition", ["Triggered", "Re-Triggered", "Renotify"])
def test_what_is_in_alert_is_open(transition: str) -> None:
    assert told(transition) == [("c1", True, "partial_outage")]


@pytest.mark.parametrize(
    ("transition", "type_"), [("Warn", "warning"), ("Re-Warn", ""), ("Renotify", "warning")]
)
def test_a_warning_is_less_and_no_recovery(transition: str, type_: str) -> None:
    assert told(transition, type=type_) == [("c1", True, "degraded_performance")]


def test_what_recovered_is_over() -> None:
    assert [is_open for _, is_open, _ in told("Recovered", type="success")] == [False]


@pytest.mark.parametrize("transition", ["No Data", "Re-No Data"])
def test_a_monitor_without_data_is_no_outage_unless_it_is_said_so(transition: str) -> None:
    content: dict[str, Any] = MESSAGES["datadog"] | {"transition": transition}

    assert told(transition) == []
    assert len(sent(source("datadog", no_data_counts=True), content)) == 1


@pytest.mark.parametrize("transition", ["Null", "", "$ALERT_TRANSITION"])
def test_a_state_that_is_not_told_changes_nothing(transition: str) -> None:
    assert told(transition) == []


def test_a_variable_that_was_not_replaced_says_nothing() -> None:
    left = {"cycle_key": "$ALERT_CYCLE_KEY", "date": "$DATE", "priority": "$ALERT_PRIORITY"}

    (alert,) = sent(source("datadog"), MESSAGES["datadog"] | left)

    assert (alert.id, alert.priority) == ("7:host:a", "")


def test_what_is_not_the_payload_to_paste_is_refused() -> None:
    others: list[Any] = [{}, {"transition": "Triggered"}, []]
    for content in others:
        with pytest.raises(Refused):
            sent(source("datadog"), content)


@pytest.mark.parametrize("pattern", ["7", "Err*", "service:cart", "host:?"])
def test_a_monitor_is_mapped_by_its_id_name_or_tags(pattern: str) -> None:
    content = MESSAGES["datadog"] | {"tags": "service:cart"}

    alerts = sent(source("datadog", components={pattern: ["Cart", "API"]}), content)

    assert [one.component for one in alerts] == ["Cart", "API"]


def test_the_payload_to_paste_is_what_the_source_understands() -> None:
    pasted = EXAMPLE.read_text()
    variables = {
        "$ALERT_ID": "7",
        "$ALERT_CYCLE_KEY": "c1",
        "$ALERT_TRANSITION": "Triggered",
        "$ALERT_TYPE": "error",
        "$ALERT_TITLE": "Errors",
        "$ALERT_PRIORITY": "P2",
        "$ALERT_SCOPE": "host:a",
        "$TAGS": "env:prod,component:API",
        "$DATE": "1772365800000",
        "$AGGREG_KEY": "g1",
    }

    assert (
        json.loads(re.sub(r"\$[A-Z_]+", lambda found: variables[found[0]], pasted))
        == (MESSAGES["datadog"])
    )


def test_the_page_about_sources_shows_the_payload_to_paste() -> None:
    assert EXAMPLE.read_text() in (Path(__file__).parents[2] / "SOURCES.md").read_text()


def monitor(id_: int, groups: dict[str, Any], **fields: Any) -> dict[str, Any]:
    given = {
        "id": id_,
        "name": "Errors",
        "tags": ["component:API"],
        "priority": 2,
        "overall_state": "Alert",
        "state": {"groups": groups},
        "query": "avg(last_5m):secret{*} > 1",
    }
    return given | fields


async def listed(*monitors: Any) -> list[Alert]:
    def datadog(request: httpx.Request) -> httpx.Response:
        assert (request.url.host, request.url.path) == ("api.datadoghq.eu", "/api/v1/monitor")
        assert request.headers["dd-api-key"] == "a"
        assert request.headers["dd-application-key"] == "b"
        assert request.url.params["group_states"] == "alert,warn,no data"
        page, size = (int(request.url.params[name]) for name in ("page", "page_size"))
        return httpx.Response(200, json=list(monitors)[page * size : (page + 1) * size])

    keys = {"api_key": "a", "application_key": "b", "api": "https://api.datadoghq.eu"}
    return await read(source("datadog", datadog, **keys))


async def test_every_group_of_a_monitor_is_read() -> None:
    groups = {
        "host:a": {"status": "Alert", "last_triggered_ts": 1772365800},
        "host:b": {"status": "Warn"},
        "host:c,component:Cart": {"status": "Alert"},
        "host:d": {"status": "OK"},
        "host:e": {"status": "No Data"},
        "host:f": None,
    }

    alerts = await listed(monitor(7, groups))

    assert [(one.id, one.component, one.status) for one in alerts] == [
        ("7:host:a", "API", "partial_outage"),
        ("7:host:b", "API", "degraded_performance"),
        ("7:host:c,component:Cart", "API", "partial_outage"),
        ("7:host:c,component:Cart", "Cart", "partial_outage"),
    ]
    assert (alerts[0].priority, alerts[0].since.minute) == ("P2", 50)


async def test_a_monitor_without_groups_is_read_by_its_own_state() -> None:
    alerts = await listed(monitor(7, {}), monitor(8, {}, overall_state="OK"), None)

    assert [one.id for one in alerts] == ["7:*"]


async def test_all_monitors_are_read() -> None:
    assert len(await listed(*(monitor(id_, {}) for id_ in range(2001)))) == 2001


@pytest.mark.parametrize("scope", [["*"], ["host:a"]])
async def test_what_is_muted_is_not_public(scope: list[str]) -> None:
    groups = {"host:a": {"status": "Alert"}}

    assert await listed(monitor(7, groups, matching_downtimes=[{"id": 1, "scope": scope}])) == []
    others: list[Any] = [[], [{"scope": ["host:b"]}], [{"scope": ["host:a", "env:x"]}], [{}], None]
    for other in others:
        assert len(await listed(monitor(7, groups, matching_downtimes=other))) == 1
