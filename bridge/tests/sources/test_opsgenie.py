"""What Opsgenie and Jira Service Management send, and what Opsgenie lists."""

from typing import Any

import httpx
import pytest
from made_sources import MESSAGES, read, sent, source

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.errors import Refused, SourceUnread

ALERT = MESSAGES["opsgenie"]["alert"]


def message(action: str, **fields: Any) -> dict[str, Any]:
    return {"action": action, "alert": ALERT | fields}


def test_a_tag_gives_the_component_its_status_and_the_incident_its() -> None:
    (alert,) = sent(source("opsgenie"), message("Create"))

    assert (alert.component, alert.status) == ("API", "major_outage")
    assert (alert.incident_status, alert.priority) == ("identified", "P1")


def test_one_tag_for_each_component() -> None:
    tags = ["cmp_Label printing:degraded_performance", "cmp_API:partial_outage", "cmp_x:terrible"]

    alerts = sent(source("opsgenie"), message("Create", tags=tags))

    assert {one.component: one.status for one in alerts} == {
        "Label printing": "degraded_performance",
        "API": "partial_outage",
    }


def test_a_component_that_is_tagged_as_well_is_over() -> None:
    (alert,) = sent(source("opsgenie"), message("AddTags", tags=["cmp_API:operational"]))

    assert not alert.is_open


@pytest.mark.parametrize("action", ["Close", "Delete", "close"])
def test_an_alert_that_is_closed_or_deleted_is_over(action: str) -> None:
    assert [one.is_open for one in sent(source("opsgenie"), message(action))] == [False]


@pytest.mark.parametrize(
    "action", ["Create", "Acknowledge", "UnAcknowledge", "AddTags", "Escalate", "Our own action"]
)
def test_any_other_action_says_that_it_is_open(action: str) -> None:
    assert [one.is_open for one in sent(source("opsgenie"), message(action))] == [True]


def test_a_second_creation_is_the_same_alert() -> None:
    first, second = (sent(source("opsgenie"), message("Create")) for _ in range(2))

    assert first == second


def test_a_component_whose_tag_was_removed_is_over() -> None:
    content = message("RemoveTags", removedTags="cmp_Cart:major_outage,x")

    alerts = sent(source("opsgenie"), content)

    assert {one.component: one.is_open for one in alerts} == {"API": True, "Cart": False}


@pytest.mark.parametrize("pattern", ["inc:*", "api", "probe", "errors"])
def test_an_alert_is_mapped_by_its_tags_entity_source_or_alias(pattern: str) -> None:
    alerts = sent(source("opsgenie", components={pattern: "Cart"}), message("Create"))

    assert {one.component for one in alerts} == {"API", "Cart"}


def test_what_is_no_action_on_an_alert_is_refused() -> None:
    for content in ({}, {"action": "Create", "alert": None}, {"alert": ALERT}):
        with pytest.raises(Refused, match="no action on an alert"):
            sent(source("opsgenie"), content)


class Account:
    """Opsgenie's alerts as they are documented."""

    def __init__(self, count: int) -> None:
        self.alerts = [
            {"id": f"a{n}", "tags": ["cmp_API:major_outage"], "createdAt": "2026-03-01T11:50:00Z"}
            for n in range(count)
        ]
        # Whether one is closed whenever a page was read.
        self.closes = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host == "api.eu.opsgenie.com"
        assert request.headers["authorization"] == "GenieKey reads"
        params = request.url.params
        assert params["query"] == "status:open"
        if request.url.path == "/v2/alerts/count":
            return httpx.Response(200, json={"data": {"count": len(self.alerts)}})
        assert request.url.path == "/v2/alerts"
        limit, offset = int(params["limit"]), int(params["offset"])
        assert limit <= 100
        page = self.alerts[offset : offset + limit]
        if self.closes:
            self.closes -= 1
            self.alerts.pop(0)
        return httpx.Response(200, json={"data": page})


async def listed(account: Account) -> list[Alert]:
    keys = {"api": "https://api.eu.opsgenie.com", "api_key": "reads"}
    return await read(source("opsgenie", account, **keys))


async def test_every_open_alert_is_read() -> None:
    alerts = await listed(Account(250))

    assert len(alerts) == 250
    assert (alerts[0].since.minute, alerts[0].renewed_at) == (50, None)


async def test_a_list_that_changes_meanwhile_is_read_again() -> None:
    account = Account(150)
    account.closes = 1

    assert len(await listed(account)) == 149


async def test_a_list_that_never_holds_still_is_not_read() -> None:
    account = Account(150)
    account.closes = 10

    with pytest.raises(SourceUnread, match="change faster than they can be read"):
        await listed(account)
