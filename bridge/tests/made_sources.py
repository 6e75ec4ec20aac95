"""Sources for the tests, from settings as a file has them."""

import json
from collections.abc import Callable
from typing import Any

import httpx
from making import HUGOPS, NOW
from pydantic import TypeAdapter
from strict_pagerduty import KEY

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.sources import AnySource, connect
from statuspage_bridge.sources.endpoint import Endpoint
from statuspage_bridge.sources.pagerduty.lists import pagerduty_headers
from statuspage_bridge.sources.pagerduty.reading import PagerDutyReader
from statuspage_bridge.sources.pagerduty.settings import PagerDutySettings
from statuspage_bridge.sources.source import Source, Webhook

SETTINGS: TypeAdapter[AnySource] = TypeAdapter(AnySource)
# The least of each kind.
LEAST: dict[str, dict[str, Any]] = {
    "pagerduty": {"key": "k", "secrets": ["s3cret"]},
    "alertmanager": {"token": "s3cret"},
    "grafana": {"token": "s3cret"},
    "datadog": {"token": "s3cret"},
    "pingdom": {"secret": "s3cret"},
    "opsgenie": {"token": "s3cret"},
    "generic": {"token": "s3cret"},
}

type Answer = Callable[[httpx.Request], httpx.Response]


def settings(kind: str, **more: Any) -> AnySource:
    return SETTINGS.validate_python({"type": kind, "name": "main"} | LEAST[kind] | more)


def nowhere(request: httpx.Request) -> httpx.Response:
    raise AssertionError(request.url)


def source(kind: str, answer: Answer = nowhere, **more: Any) -> Source:
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return connect(settings(kind, **more), http, "partial_outage")


def sent(source: Source, content: Any) -> list[Alert]:
    """Return the alerts of a webhook with this content."""
    return list(source.receive(Webhook(body=json.dumps(content).encode()), NOW).alerts)


async def read(source: Source) -> list[Alert]:
    assert source.reader is not None
    return await source.reader.read(NOW)


def pagerduty_reader(answer: Answer, key: str = KEY, **more: Any) -> PagerDutyReader:
    """Return what reads an account, and waits for nothing."""

    async def sleep(seconds: float) -> None:
        assert seconds <= 10

    given: dict[str, Any] = {"name": "hugops", "key": key, "accepts_unsigned": True}
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    headers = pagerduty_headers(key)
    endpoint = Endpoint(HUGOPS, http, "https://api.eu.pagerduty.com", headers, sleep)
    return PagerDutyReader(PagerDutySettings(**given | more), endpoint, "partial_outage")


# What each kind sends when something is wrong with the component API.
MESSAGES: dict[str, Any] = {
    "pagerduty": {"event": {"id": "E1", "event_type": "incident.acknowledged", "data": {}}},
    "alertmanager": {
        "version": "4",
        "groupKey": '{}:{alertname="Errors"}',
        "status": "firing",
        "alerts": [
            {
                "status": "firing",
                "labels": {"alertname": "Errors", "statuspage_component": "API", "job": "api"},
                "annotations": {"summary": "It fails."},
                "startsAt": "2026-03-01T11:50:00.123456789Z",
                "endsAt": "0001-01-01T00:00:00Z",
                "fingerprint": "f1",
            }
        ],
    },
    "grafana": {
        "version": "1",
        "groupKey": '{}:{alertname="Errors"}',
        "orgId": 1,
        "state": "alerting",
        "title": "[FIRING:1] Errors",
        "alerts": [
            {
                "status": "firing",
                "labels": {"alertname": "Errors", "statuspage_component": "API"},
                "annotations": {},
                "startsAt": "2026-03-01T11:50:00Z",
                "endsAt": "0001-01-01T00:00:00Z",
                "fingerprint": "f1",
                "values": None,
                "ruleUID": "r1",
            }
        ],
    },
    "datadog": {
        "monitor_id": "7",
        "cycle_key": "c1",
        "transition": "Triggered",
        "type": "error",
        "title": "Errors",
        "priority": "P2",
        "scope": "host:a",
        "tags": "env:prod,component:API",
        "date": "1772365800000",
        "aggregation_key": "g1",
    },
    "pingdom": {
        "check_id": 12,
        "check_name": "Home",
        "check_type": "HTTP",
        "check_params": {"hostname": "internal.test"},
        "tags": ["component_API"],
        "previous_state": "UP",
        "current_state": "DOWN",
        "importance_level": "HIGH",
        "state_changed_timestamp": 1772365800,
        "state_changed_utc_time": "2026-03-01T11:50:00",
        "second_probe": {},
    },
    "opsgenie": {
        "action": "Create",
        "integrationName": "Statuspage",
        "alert": {
            "alertId": "a-1",
            "alias": "errors",
            "message": "Errors",
            "tags": ["cmp_API:major_outage", "inc:identified"],
            "entity": "api",
            "source": "probe",
            "priority": "P1",
            "createdAt": 1772365800000,
            "updatedAt": 1772365800000000000,
        },
    },
    "generic": {
        "id": "x1",
        "state": "firing",
        "components": ["API"],
        "title": "Errors",
        "severity": "critical",
        "priority": "P1",
        "group": "g1",
        "started_at": "2026-03-01T11:50:00Z",
        "labels": {"job": "api"},
    },
}
