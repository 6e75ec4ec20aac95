"""What holds for every source, whatever it is sent."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sources import LEAST, MESSAGES, sent, settings, source
from making import NOW
from pydantic import ValidationError
from strict_pagerduty import incident

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.status import STATUSES
from statuspage_bridge.errors import Refused, SourceUnread
from statuspage_bridge.sources.source import Webhook

KINDS = sorted(LEAST)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
words = st.sampled_from(
    [
        "x" * 5000,
        "component:" + "x" * 5000,
        "component:a\0b",
        "resolved",
        "Warn",
        "UP",
        "Close",
        "component:x",
        "cmp_x:y",
        "99e99",
    ]
)
anything = st.recursive(
    scalars | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def spoilt(draw: st.DrawFn, content: Any) -> Any:
    """Return a message in which anything may stand in any place, or nothing."""
    if draw(st.integers(0, 9)) == 0:
        return draw(anything)
    if isinstance(content, dict):
        kept = {name for name in content if draw(st.integers(0, 9))}
        return {name: draw(spoilt(content[name])) for name in sorted(kept)}
    return [draw(spoilt(one)) for one in content] if isinstance(content, list) else content


def received(kind: str, body: bytes) -> Sequence[Alert]:
    """Return the alerts of a body, none where it is refused."""
    with suppress(Refused):
        return source(kind).receive(Webhook(body=body), NOW).alerts
    return ()


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_no_json_raises_anything_but_a_refusal(kind: str, data: st.DataObject) -> None:
    content = data.draw(spoilt(MESSAGES[kind]))
    body = json.dumps(content, ensure_ascii=False).encode()
    for alert in received(kind, body):
        # As much as an index of PostgreSQL takes.
        assert 0 < len(alert.id) <= 200
        assert 0 < len(alert.component) <= 255
        assert "\0" not in alert.id + alert.component
        assert alert.status in STATUSES
        assert all(isinstance(value, str) for value in alert.labels.values())
        assert alert.since.tzinfo
        assert alert.renewed_at == NOW


READ: dict[str, dict[str, Any]] = {
    "pagerduty": {"custom_fields": ["affected"], "components": {"Shop": "API"}},
    "alertmanager": {"api": "http://a.test"},
    "grafana": {"api": "http://a.test", "api_token": "t"},
    "datadog": {"api_key": "a", "application_key": "b"},
    "pingdom": {"api_token": "t"},
    "opsgenie": {"api_key": "a"},
}
MONITOR = {"id": 7, "tags": ["component:API"], "state": {"groups": {"a": {"status": "Alert"}}}}
FIELD = {"name": "affected", "value": ["API"]}
# All that any of them answers, since each takes what is its own.
ANSWER = {
    "incidents": [incident("P1", "component:API", service={"summary": "Shop"})],
    "alerts": [{"id": "A1", "body": {"details": {"tags": ["component:API"]}}}],
    "custom_fields": [FIELD],
    "more": False,
    "total": 1,
    "checks": [{"id": 1, "status": "down", "tags": [{"name": "component_API"}]}],
    "data": [{"id": "a", "tags": ["cmp_API:major_outage"], "createdAt": "2026-03-01T11:50:00Z"}],
}
GROUP = {"labels": {}, "receiver": {"name": "r"}} | MESSAGES["alertmanager"]


@pytest.mark.parametrize("kind", READ)
@given(data=st.data())
def test_an_answer_of_a_source_is_read_or_counts_as_not_read(
    kind: str, data: st.DataObject
) -> None:
    is_list = kind in ("alertmanager", "grafana", "datadog")
    content = data.draw(spoilt([MONITOR | GROUP] if is_list else ANSWER))
    body = json.dumps(content, ensure_ascii=False).encode()
    reader = source(kind, lambda _: httpx.Response(200, content=body), **READ[kind]).reader
    assert reader is not None

    with suppress(SourceUnread):
        for alert in asyncio.run(reader.read(NOW)):
            assert alert.status in STATUSES
            assert alert.renewed_at is None


@pytest.mark.parametrize("kind", READ)
def test_what_a_source_answers_is_read(kind: str) -> None:
    is_list = kind in ("alertmanager", "grafana", "datadog")
    answer = httpx.Response(200, json=[MONITOR | GROUP] if is_list else ANSWER)
    reader = source(kind, lambda _: answer, **READ[kind]).reader
    assert reader is not None

    assert {one.component for one in asyncio.run(reader.read(NOW))} == {"API"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pagerduty"])
def test_what_rules_need_is_told(kind: str) -> None:
    (alert,) = sent(source(kind), MESSAGES[kind])

    assert alert.component == "API"
    assert alert.is_open
    assert alert.since == datetime(2026, 3, 1, 11, 50, tzinfo=UTC).replace(
        microsecond=alert.since.microsecond
    )
    assert alert.title
    assert alert.labels


@pytest.mark.parametrize("kind", KINDS)
@given(body=st.binary())
def test_no_bytes_raise_anything_but_a_refusal(kind: str, body: bytes) -> None:
    received(kind, body)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"a":' * 100_000, b"1" * 5000, b'{"alerts": "\\ud800"}', b"\xff", b""],
    ids=["lists", "objects", "number", "half a character", "bytes", "nothing"],
)
def test_what_is_no_json_is_refused_in_a_sentence(kind: str, body: bytes) -> None:
    with pytest.raises(Refused, match="The body is not JSON") as refused:
        source(kind).receive(Webhook(body=body), NOW)

    assert refused.value.status == 400


@pytest.mark.parametrize("kind", KINDS)
def test_without_anything_that_proves_the_sender_nothing_starts(kind: str) -> None:
    open_ = {name: None for name in LEAST[kind] if name != "key"}

    with pytest.raises(ValidationError, match="anybody could send alerts: set `"):
        settings(kind, **open_)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_secret_is_none(kind: str) -> None:
    with pytest.raises(ValidationError):
        settings(kind, **dict.fromkeys(LEAST[kind], ""))


@pytest.mark.parametrize("kind", KINDS)
def test_who_proves_nothing_is_refused(kind: str) -> None:
    with pytest.raises(Refused) as refused:
        source(kind).authenticate(Webhook(body=b"{}"), NOW)

    assert refused.value.status in (400, 401)


@pytest.mark.parametrize("kind", KINDS)
@given(value=st.text(), password=st.text())
def test_no_text_in_a_header_or_address_raises_anything_but_a_refusal(
    kind: str, value: str, password: str
) -> None:
    names = ("authorization", "x-pagerduty-signature", "x-grafana-alerting-signature")
    headers = dict.fromkeys(names, value) | {"authorization": f"Basic {password}"}
    webhook = Webhook(headers=headers, query={"secret": value}, body=b"{}")

    with pytest.raises(Refused):
        source(kind).authenticate(webhook, NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_no_secret_is_shown(kind: str) -> None:
    assert "s3cret" not in repr(settings(kind))


def test_a_setting_that_does_not_exist_is_told() -> None:
    with pytest.raises(ValidationError, match="tokn"):
        settings("datadog", tokn="x")


@pytest.mark.parametrize("name", ["", " ", "a/b", "a?b"])
def test_a_name_has_to_fit_into_an_address(name: str) -> None:
    with pytest.raises(ValidationError):
        settings("datadog", name=name)


def test_a_name_is_in_small_letters() -> None:
    assert str(settings("datadog", name="Main").account) == "datadog/main"
