"""What the settings of PagerDuty change."""

from typing import Any

import pytest
from made_sources import pagerduty_reader
from making import API, CART, NOW
from strict_pagerduty import StrictPagerDuty, incident

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.sources.pagerduty.reading import FIELDS_KEPT


@pytest.fixture
def there() -> StrictPagerDuty:
    return StrictPagerDuty()


async def read(there: StrictPagerDuty, **more: Any) -> list[Alert]:
    return await pagerduty_reader(there, **more).read(NOW)


async def test_by_setting_a_triggered_incident_is_confirmed(there: StrictPagerDuty) -> None:
    there.incidents = [incident("P1", f"component:{API}", status="triggered")]

    assert [one.is_confirmed for one in await read(there, publishes="triggered")] == [True]


@pytest.mark.parametrize(
    ("priority", "is_confirmed"),
    [({"id": "X", "summary": "P1"}, True), ({"name": "P2"}, False), (None, False), ("P1", False)],
)
async def test_by_setting_only_some_priorities_become_public(
    there: StrictPagerDuty,
    priority: Any,
    is_confirmed: bool,  # noqa: FBT001 (a case of the table)
) -> None:
    there.incidents = [incident("P1", f"component:{API}", priority=priority)]

    (alert,) = await read(there, priorities=["P1"])

    assert alert.is_confirmed is is_confirmed


@pytest.mark.parametrize("pattern", ["PSHOP", "Shop *", "Shop [EU]"])
async def test_a_service_is_mapped_by_its_id_or_name(there: StrictPagerDuty, pattern: str) -> None:
    service = {"id": "PSHOP", "type": "service_reference", "summary": "Shop [EU]"}
    there.incidents = [incident("P1", service=service), incident("P2", service=None)]

    alerts = await read(there, components={pattern: [API, CART], "Shop [E]": "c"})

    assert [(one.id, one.component) for one in alerts] == [("P1", API), ("P1", CART)]
    assert alerts[0].labels["service"] == "Shop [EU]"


async def test_c2_6_the_rules_are_told_what_the_incident_says(there: StrictPagerDuty) -> None:
    there.incidents = [
        incident("P1", f"component:{API}", urgency="high", priority={"summary": "P2"})
    ]

    (alert,) = await read(there)

    assert (alert.title, alert.severity, alert.priority, alert.group) == (
        "Errors",
        "high",
        "P2",
        "P1",
    )


def custom(value: Any, name: Any = "affected") -> dict[str, Any]:
    return {"id": "F1", "name": name, "display_name": "Affected", "value": value}


@pytest.mark.parametrize(
    ("value", "components"),
    [
        ("Shop, API", ["Shop", "API"]),
        (["Shop / API", "component:Cart"], ["Shop / API", "Cart"]),
        (None, []),
        (["", None, {}], []),
        (True, []),
    ],
)
async def test_custom_fields_name_components(
    there: StrictPagerDuty, value: Any, components: list[str]
) -> None:
    there.incidents = [incident("P1", "env:prod")]
    there.fields["P1"] = [custom(value), custom("other", "team"), custom("odd", None), None]

    alerts = await read(there, custom_fields=["affected"])

    assert [one.component for one in alerts] == components


async def test_custom_fields_cost_no_request_where_none_is_set(there: StrictPagerDuty) -> None:
    there.incidents = [incident("P1", f"component:{API}")]

    await read(there)

    assert [url.path for url in there.asked] == ["/incidents"]


async def test_custom_fields_are_read_again_when_told_so_and_after_a_while(
    there: StrictPagerDuty,
) -> None:
    there.incidents = [incident("P1", f"component:{API}")]
    account = pagerduty_reader(there, custom_fields=["affected"])

    def asked() -> int:
        return sum(url.path.endswith("values") for url in there.asked)

    await account.read(NOW)
    await account.read(NOW)
    assert asked() == 1
    account.forget_fields()
    await account.read(NOW)
    assert asked() == 2
    await account.read(NOW + FIELDS_KEPT)
    assert asked() == 3
