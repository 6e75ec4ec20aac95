"""Alerts and incidents for the tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.core.decision import Decision
from statuspage_bridge.core.memory import Memory
from statuspage_bridge.core.plan import plan
from statuspage_bridge.core.published import Published
from statuspage_bridge.core.situation import Situation

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=1)
HUGOPS = Account(source="pagerduty", name="hugops")
OTHER = Account(source="pagerduty", name="other")
API, CART, SEARCH = "c1api000000a", "c1cart00000a", "c1search000a"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def alert(**fields: Any) -> Alert:
    given: dict[str, Any] = {
        "account": HUGOPS,
        "id": "P1",
        "component": API,
        "status": "partial_outage",
        "since": NOW - minutes(10),
    }
    return Alert(**given | fields)


def published(**fields: Any) -> Published:
    given: dict[str, Any] = {
        "id": "i1",
        "components": {API: "partial_outage"},
        "impact": "minor",
        "begun_at": NOW - minutes(9),
    }
    return Published(**given | fields)


def situation(*alerts: Alert, began: datetime = LONG_AGO, **fields: Any) -> Situation:
    memory = Memory(began, {one.key: one for one in alerts})
    given: dict[str, Any] = {"now": NOW, "memory": memory}
    return Situation(**given | fields)


def decided(*alerts: Alert, **fields: Any) -> Decision:
    """Return the only decision of a situation."""
    (decision,) = plan(situation(*alerts, **fields))
    return decision
