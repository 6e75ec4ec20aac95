"""What a webhook of PagerDuty asks for, and which are believed."""

import hmac
import json
from typing import Any

import pytest
from made_sources import source
from making import NOW
from pydantic import SecretStr

from statuspage_bridge.errors import Refused
from statuspage_bridge.sources.pagerduty.webhook import check_signature
from statuspage_bridge.sources.source import Webhook

BODY = b'{"event": {"event_type": "incident.acknowledged"}}'


def signed(secret: str, body: bytes = BODY) -> str:
    return "v1=" + hmac.new(secret.encode(), body, "sha256").hexdigest()


@pytest.mark.parametrize(
    ("content", "looks"),
    [
        ({"messages": [{"event": "incident.acknowledge"}]}, True),
        ({"messages": [{"event": "incident.trigger"}, {"event": "incident.resolve"}]}, True),
        ({"messages": [{"event": "incident.trigger"}]}, False),
        ({"messages": []}, False),
        ({"event": {"event_type": "incident.resolved", "data": None}}, True),
        ({"event": {"event_type": "incident.unacknowledged"}}, True),
        ({"event": {"event_type": "incident.triggered"}}, False),
        ({"event": {"event_type": "pagey.ping", "data": {"type": "ping"}}}, False),
        ({"event": {}}, False),
    ],
)
def test_c2_3_what_changes_nothing_public_asks_for_nothing(content: Any, looks: bool) -> None:  # noqa: FBT001 (a case of the table)
    assert asks_to_look(content) is looks


def asks_to_look(content: Any, **settings: Any) -> bool:
    webhook = Webhook(body=json.dumps(content).encode())
    return source("pagerduty", **settings).receive(webhook, NOW).something_changed


@pytest.mark.parametrize(
    ("event", "settings"),
    [
        ("incident.triggered", {"publishes": "triggered"}),
        ("incident.priority_updated", {"priorities": ["P1"]}),
        ("incident.service_updated", {"components": {"Shop": "API"}}),
        ("incident.custom_field_values.updated", {"custom_fields": ["component"]}),
    ],
)
def test_an_event_asks_to_look_where_it_decides_what_is_public(event: str, settings: Any) -> None:
    content = {"event": {"event_type": event}}

    assert asks_to_look(content, **settings)
    assert not asks_to_look(content)


def test_a_new_incident_asks_by_v2_too_where_it_is_public_at_once() -> None:
    content = {"messages": [{"event": "incident.trigger"}]}

    assert asks_to_look(content, publishes="triggered")


def test_a_webhook_that_is_delivered_again_has_the_same_id() -> None:
    webhook = Webhook(headers={"x-webhook-id": "w1"}, body=BODY)

    assert source("pagerduty").receive(webhook, NOW).id == "w1"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"messages": 1}', b'{"messages": [1]}']
)
def test_c2_2_what_is_no_webhook_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        source("pagerduty").receive(Webhook(body=body), NOW)

    assert refused.value.status == 400


def test_w2_f_a_signature_of_any_of_the_secrets_is_believed() -> None:
    check_signature(BODY, signed("new"), [SecretStr("old"), SecretStr("new")])
    check_signature(BODY, f"v1={'0' * 64}, {signed('old')},v2=x", [SecretStr("old")])


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 400),
        ("", 400),
        ("v1=", 403),
        (signed("forged"), 403),
        (signed("old", b"{}"), 403),
        (signed("old").replace("v1=", "v2="), 403),
        ("v1=\N{SNOWMAN}", 403),
    ],
)
def test_w2_f_no_other_signature_is_believed(header: str | None, status: int) -> None:
    with pytest.raises(Refused) as refused:
        check_signature(BODY, header, [SecretStr("old")])

    assert refused.value.status == status
