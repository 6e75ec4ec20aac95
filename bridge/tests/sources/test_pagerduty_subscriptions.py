"""How the webhook subscription of PagerDuty is made, kept and removed."""

from typing import Any

import httpx
import pytest
from made_sources import settings
from making import HUGOPS
from strict_pagerduty import KEY, StrictPagerDuty

from statuspage_bridge.sources.endpoint import Endpoint
from statuspage_bridge.sources.pagerduty.lists import pagerduty_headers
from statuspage_bridge.sources.pagerduty.settings import PagerDutySettings
from statuspage_bridge.sources.pagerduty.subscriptions import Subscriptions
from statuspage_bridge.sources.pagerduty.webhook import subscribed_events

ADDRESS = "https://bridge.test/hugops"
EVENTS = {"incident.acknowledged", "incident.resolved"}


@pytest.fixture
def there() -> StrictPagerDuty:
    other = {"type": "http_delivery_method", "url": "https://other.test"}
    return StrictPagerDuty(
        subscriptions=[
            {"id": "W0", "delivery_method": other, "events": ["incident.triggered"]},
            {"id": "Wx", "delivery_method": None},
        ]
    )


def subscriptions(there: StrictPagerDuty) -> Subscriptions:
    http = httpx.AsyncClient(transport=httpx.MockTransport(there))
    headers = pagerduty_headers(KEY)
    return Subscriptions(Endpoint(HUGOPS, http, "https://api.eu.pagerduty.com", headers), ADDRESS)


async def test_a_subscription_is_made_and_its_secret_told(there: StrictPagerDuty) -> None:
    made = await subscriptions(there).ensure(EVENTS)

    assert made.secret is not None
    assert made.secret.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(made)
    assert there.subscriptions[-1]["events"] == sorted(EVENTS)
    assert there.subscriptions[-1]["delivery_method"]["url"] == ADDRESS


async def test_a_subscription_that_is_there_is_not_made_again(there: StrictPagerDuty) -> None:
    first = await subscriptions(there).ensure(EVENTS)
    second = await subscriptions(there).ensure(EVENTS)

    assert (second.id, second.secret, second.is_changed) == (first.id, None, False)
    assert there.written == ["POST /webhook_subscriptions"]


async def test_the_events_of_a_subscription_are_adjusted(there: StrictPagerDuty) -> None:
    made = await subscriptions(there).ensure(EVENTS)

    changed = await subscriptions(there).ensure({"incident.triggered"})

    assert (changed.id, changed.is_changed) == (made.id, True)
    assert there.subscriptions[-1]["events"] == ["incident.triggered"]
    assert there.subscriptions[0]["events"] == ["incident.triggered"]


async def test_a_subscription_that_pagerduty_disabled_is_enabled(there: StrictPagerDuty) -> None:
    await subscriptions(there).ensure(EVENTS)
    there.subscriptions[-1]["active"] = False

    assert (await subscriptions(there).ensure(EVENTS)).is_changed
    assert there.subscriptions[-1]["active"]


async def test_only_what_sends_to_the_bridge_is_removed(there: StrictPagerDuty) -> None:
    made = await subscriptions(there).ensure(EVENTS)

    assert await subscriptions(there).remove() == [made.id]
    assert [one["id"] for one in there.subscriptions] == ["W0", "Wx"]
    assert await subscriptions(there).remove() == []


@pytest.mark.parametrize(
    ("more", "event"),
    [
        ({"publishes": "triggered"}, "incident.triggered"),
        ({"priorities": ["P1"]}, "incident.priority_updated"),
        ({"components": {"Shop": "API"}}, "incident.service_updated"),
        ({"custom_fields": ["affected"]}, "incident.custom_field_values.updated"),
    ],
)
def test_what_matters_is_subscribed_to(more: Any, event: str) -> None:
    usual, own = settings("pagerduty"), settings("pagerduty", **more)
    assert isinstance(usual, PagerDutySettings)
    assert isinstance(own, PagerDutySettings)

    assert subscribed_events(own) - subscribed_events(usual) == {event}
