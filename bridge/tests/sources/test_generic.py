"""The documented form, and the mapping for any other."""

import hmac
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from made_sources import MESSAGES, nowhere, sent, source
from making import NOW
from pydantic import ValidationError

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.errors import Refused
from statuspage_bridge.sources.generic.paths import Path as JsonPath
from statuspage_bridge.sources.source import Webhook

EXAMPLES = Path(__file__).parents[2] / "examples/sources"
ALERT = MESSAGES["generic"]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", [{"a": {"b": [1, {"c": 2}]}, "x y": 3}]),
        ("a.b", [[1, {"c": 2}]]),
        ("$.a.b[0]", [1]),
        ("a.b[*].c", [2]),
        ('["x y"]', [3]),
        ("a.b[7]", []),
        ("a[0]", []),
        ("a.b.c", []),
        ("none", []),
    ],
)
def test_a_path_leads_to_what_is_there(path: str, found: list[Any]) -> None:
    content = {"a": {"b": [1, {"c": 2}]}, "x y": 3}

    assert list(JsonPath.parse(path).find(content)) == found


@pytest.mark.parametrize("path", ["a..b", "a[", "a[-1]", "a[?(@.b)]", "a b", "[]"])
def test_what_is_no_path_is_told(path: str) -> None:
    with pytest.raises(ValidationError, match="is no path: write it as"):
        source("generic", mapping={"id": path})
    with pytest.raises(ValidationError, match="is no path: write it as"):
        source("generic", mapping={"alerts": path})


@given(st.text())
def test_every_text_is_a_path_or_none(path: str) -> None:
    try:
        JsonPath.parse(path)
    except ValueError as error:
        assert "is no path" in str(error)  # noqa: PT017 (both outcomes are right)


def test_the_documented_form_is_understood() -> None:
    (alert,) = sent(source("generic"), ALERT)

    assert (alert.id, alert.component, alert.status) == ("x1", "API", "major_outage")
    assert (alert.priority, alert.group, alert.labels) == ("P1", "g1", {"job": "api"})


def test_a_message_may_have_several_alerts() -> None:
    content = {"alerts": [ALERT, ALERT | {"id": "x2", "state": "resolved"}]}

    alerts = sent(source("generic"), content)

    assert [(one.id, one.is_open) for one in alerts] == [("x1", True), ("x2", False)]


@pytest.mark.parametrize("missing", ["id", "state"])
def test_an_alert_without_an_id_or_a_state_is_refused(missing: str) -> None:
    with pytest.raises(Refused, match="no id or no state"):
        sent(source("generic"), {name: value for name, value in ALERT.items() if name != missing})


def test_a_state_that_is_neither_open_nor_over_changes_nothing() -> None:
    assert sent(source("generic"), ALERT | {"state": "pending"}) == []


@pytest.mark.parametrize(
    ("severity", "status"),
    [
        ("Error", "partial_outage"),
        ("under_maintenance", "under_maintenance"),
        ("p1", "major_outage"),
        (7, "partial_outage"),
    ],
)
def test_a_severity_is_a_status(severity: Any, status: str) -> None:
    own = source("generic", severities={"P1": "major_outage", "error": "partial_outage"})

    assert [one.status for one in sent(own, ALERT | {"severity": severity})] == [status]


def test_a_severity_is_mapped_to_a_status_that_exists() -> None:
    with pytest.raises(ValidationError, match="p1 is bad: it can be operational"):
        source("generic", severities={"p1": "bad"})


@pytest.mark.parametrize(
    ("fields", "components"),
    [
        ({"components": "API, Cart"}, ["API", "Cart"]),
        ({"components": None, "tags": ["component:Cart", "env:x"]}, ["Cart"]),
        ({"components": [], "tags": "cmp_Cart:major_outage"}, ["Cart"]),
        ({"components": {}, "labels": {"job": "api"}}, ["Mapped"]),
    ],
)
def test_components_are_named_or_tagged_or_mapped(fields: Any, components: list[str]) -> None:
    mapped = source("generic", components={"job=api": "Mapped"})

    alerts = sent(mapped, ALERT | {"labels": {}} | fields)

    assert [one.component for one in alerts] == components


def from_example(name: str, content: Any) -> list[Alert]:
    """Return what a message leads to with the settings of an example."""
    (example,) = yaml.safe_load((EXAMPLES / f"{name}.yml").read_text())
    return sent(source("generic", nowhere, **example), content)


def test_every_example_is_named_by_a_test() -> None:
    tests = Path(__file__).read_text()

    for path in EXAMPLES.glob("*.yml"):
        assert f'from_example("{path.stem}"' in tests


KUMA: dict[str, Any] = {
    "heartbeat": {"monitorID": 4, "status": 0, "time": "2026-03-01 11:50:00.123", "msg": "503"},
    "monitor": {"id": 4, "name": "Shop api", "type": "http", "basic_auth_pass": "s3cret"},
    "msg": "[Shop api] is down",
}


def test_uptime_kuma_can_be_mapped() -> None:
    (alert,) = from_example("uptime-kuma", KUMA)
    assert (alert.id, alert.component, alert.is_open) == ("4", "Shop", True)
    assert "s3cret" not in repr(alert)

    up = KUMA | {"heartbeat": KUMA["heartbeat"] | {"status": 1}}
    assert [one.is_open for one in from_example("uptime-kuma", up)] == [False]


@pytest.mark.parametrize(
    "odd",
    [
        {"heartbeat": None, "monitor": None, "msg": "Test"},
        KUMA | {"heartbeat": {"status": 2}},
        KUMA | {"heartbeat": {"status": 3}},
    ],
)
def test_a_test_message_of_uptime_kuma_changes_nothing(odd: Any) -> None:
    assert from_example("uptime-kuma", odd) == []


@pytest.mark.parametrize(("state", "is_open"), [("TRIGGERED", True), ("RESOLVED", False)])
def test_gatus_can_be_mapped(state: str, is_open: bool) -> None:  # noqa: FBT001 (a case of the table)
    content = {"id": "shop/front-end", "title": "front-end", "state": state}

    (alert,) = from_example("gatus", content)

    assert (alert.component, alert.is_open) == ("Shop", is_open)


@pytest.mark.parametrize(("state", "is_open"), [("down", True), ("up", False)])
def test_healthchecks_can_be_mapped(state: str, is_open: bool) -> None:  # noqa: FBT001 (a case of the table)
    content = {"id": "c-1", "state": state, "title": "nightly-backup", "tags": "component:DB,,"}

    alerts = from_example("healthchecks", content)

    assert {one.component: one.is_open for one in alerts} == {"DB": is_open, "Backups": is_open}


def test_sentry_can_be_mapped() -> None:
    event = {"issue_id": "117", "title": "Checkout fails", "web_url": "https://s.test"}
    issue = {"id": "117", "title": "Checkout fails", "project": {"slug": "checkout"}}
    metric = {"id": 9, "title": "Checkout is slow", "projects": ["checkout"]}

    (opened,) = from_example("sentry", {"action": "triggered", "data": {"event": event}})
    (closed,) = from_example("sentry", {"action": "resolved", "data": {"issue": issue}})
    (slow,) = from_example("sentry", {"action": "warning", "data": {"metric_alert": metric}})

    assert (opened.is_open, opened.key) == (True, closed.key)
    assert not closed.is_open
    assert (slow.id, slow.component, slow.status) == ("9", "Shop", "degraded_performance")
    assert from_example("sentry", {"action": "created", "data": {"issue": issue}}) == []


@pytest.mark.parametrize(("state", "is_open"), [("ACTIVATED", True), ("CLOSED", False)])
def test_new_relic_can_be_mapped(state: str, is_open: bool) -> None:  # noqa: FBT001 (a case of the table)
    content = {
        "id": "i-1",
        "issueUrl": "https://n.test",
        "title": "Checkout",
        "priority": "HIGH",
        "state": state,
        "createdAt": 1772365800000,
    }

    (alert,) = from_example("new-relic", content)

    assert (alert.status, alert.is_open) == ("partial_outage", is_open)


def test_a_mapping_reads_alerts_of_a_list() -> None:
    mapping = {"alerts": "data.rows[*]", "id": "key", "state": "value", "components": "on[*]"}
    rows = [{"key": 1, "value": "bad", "on": ["API", "Cart"]}, {"key": 2, "value": "fine"}, None]

    alerts = sent(source("generic", mapping=mapping, open=["bad"]), {"data": {"rows": rows}})

    assert [(one.id, one.component) for one in alerts] == [("1", "API"), ("1", "Cart")]


def test_a_signature_with_a_prefix_proves_the_sender() -> None:
    by = {"header": "X-Signed", "prefix": "sha256=", "secret": "shared"}
    signing = source("generic", token=None, signature=by)
    value = hmac.new(b"shared", b"{}", "sha256").hexdigest()

    signing.authenticate(Webhook(headers={"x-signed": f"sha256={value}"}, body=b"{}"), NOW)
    for forged in (value, "sha256=", f"sha1={value}"):
        with pytest.raises(Refused, match="does not fit"):
            signing.authenticate(Webhook(headers={"x-signed": forged}, body=b"{}"), NOW)
