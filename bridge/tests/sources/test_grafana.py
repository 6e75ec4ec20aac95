"""What Grafana sends and lists."""

import copy
import hmac
from typing import Any

import httpx
import pytest
from made_sources import MESSAGES, read, sent, source
from making import NOW
from pydantic import ValidationError

from statuspage_bridge.errors import Refused
from statuspage_bridge.sources.source import Webhook

BODY = b'{"alerts": []}'


def message(**labels: str) -> dict[str, Any]:
    changed: dict[str, Any] = copy.deepcopy(MESSAGES["grafana"])
    changed["alerts"][0]["labels"] |= labels
    return changed


@pytest.mark.parametrize("name", ["DatasourceNoData", "DatasourceError"])
def test_a_rule_without_data_is_no_outage_unless_it_is_said_so(name: str) -> None:
    assert sent(source("grafana"), message(alertname=name)) == []
    assert len(sent(source("grafana", no_data_counts=True), message(alertname=name))) == 1


def signed(body: bytes = BODY, key: str = "shared", time: int | None = None) -> Webhook:
    text = body if time is None else f"{time}:".encode() + body
    headers = {
        "x-grafana-alerting-signature": hmac.new(key.encode(), text, "sha256").hexdigest(),
        "x-sent-at": "" if time is None else str(time),
    }
    return Webhook(headers=headers, body=body)


def test_a_signature_proves_the_sender() -> None:
    grafana = source("grafana", token=None, signature={"secret": "shared"})

    grafana.authenticate(signed(), NOW)
    for forged in (signed(key="other"), Webhook(headers=signed().headers, body=b"{}")):
        with pytest.raises(Refused, match="does not fit"):
            grafana.authenticate(forged, NOW)


def test_a_signed_webhook_is_not_believed_again_later() -> None:
    by = {"secret": "shared", "timestamp_header": "X-Sent-At"}
    grafana = source("grafana", token=None, signature=by)
    now = int(NOW.timestamp())

    grafana.authenticate(signed(time=now - 290), NOW)
    for old in (signed(time=now - 310), signed(time=now + 310), signed()):
        with pytest.raises(Refused, match="too old"):
            grafana.authenticate(old, NOW)


def test_the_time_is_part_of_what_is_signed() -> None:
    by = {"secret": "shared", "timestamp_header": "X-Sent-At"}
    grafana = source("grafana", token=None, signature=by)
    now = int(NOW.timestamp())
    moved = dict(signed(time=now - 310).headers) | {"x-sent-at": str(now)}

    with pytest.raises(Refused, match="does not fit"):
        grafana.authenticate(Webhook(headers=moved, body=BODY), NOW)


def test_where_a_token_and_a_signature_are_set_both_are_needed() -> None:
    grafana = source("grafana", signature={"secret": "shared"})
    token = {"authorization": "Bearer s3cret"}

    grafana.authenticate(Webhook(headers={**signed().headers, **token}, body=BODY), NOW)
    for half in (signed(), Webhook(headers=token, body=BODY)):
        with pytest.raises(Refused):
            grafana.authenticate(half, NOW)


async def test_what_fires_is_read_with_the_token_of_a_service_account() -> None:
    def grafana(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/grafana/api/alertmanager/grafana/api/v2/alerts/groups"
        assert request.headers["authorization"] == "Bearer reads"
        assert request.url.params["silenced"] == "false"
        group = {"labels": {"a": "b"}, "receiver": {"name": "r"}} | message()
        return httpx.Response(200, json=[group])

    address = "https://g.test/grafana/"
    (alert,) = await read(source("grafana", grafana, api=address, api_token="reads"))

    assert (alert.component, alert.is_open, alert.renewed_at) == ("API", True, None)
    assert alert.group == 'r:{"a": "b"}'


def test_an_address_without_a_token_is_told() -> None:
    with pytest.raises(ValidationError, match="set both `api` and `api_token`"):
        source("grafana", api="https://g.test")
