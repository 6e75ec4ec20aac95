"""What Pingdom sends and lists."""

from typing import Any

import httpx
import pytest
from made_sources import MESSAGES, read, sent, source
from making import NOW

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.errors import Refused, SourceUnread
from statuspage_bridge.sources.source import Webhook


@pytest.mark.parametrize(
    ("state", "is_open"), [("DOWN", True), ("FAILING", True), ("UP", False), ("SUCCESS", False)]
)
def test_checks_and_transactions_are_open_or_over(state: str, is_open: bool) -> None:  # noqa: FBT001 (a case of the table)
    (alert,) = sent(source("pingdom"), MESSAGES["pingdom"] | {"current_state": state})

    assert (alert.id, alert.is_open) == ("12", is_open)


def test_another_state_changes_nothing() -> None:
    assert sent(source("pingdom"), MESSAGES["pingdom"] | {"current_state": "PAUSED"}) == []


def test_what_is_no_state_of_a_check_is_refused() -> None:
    with pytest.raises(Refused, match="no state of a check"):
        sent(source("pingdom"), {"check_id": 12})


@pytest.mark.parametrize("pattern", ["12", "Home", "component_?PI"])
def test_a_check_is_mapped_by_its_id_name_or_tags(pattern: str) -> None:
    alerts = sent(source("pingdom", components={pattern: "Cart"}), MESSAGES["pingdom"])

    assert {one.component for one in alerts} == {"API", "Cart"}


def test_the_secret_in_the_address_proves_the_sender() -> None:
    pingdom = source("pingdom")

    pingdom.authenticate(Webhook(query={"secret": "s3cret"}), NOW)
    for query in ({}, {"secret": "s3cre"}, {"secret": "\N{SNOWMAN}"}):
        with pytest.raises(Refused, match=r"ends with \?secret=") as refused:
            pingdom.authenticate(Webhook(query=query), NOW)
        assert refused.value.status == 401


def check(id_: int, status: Any, **fields: Any) -> dict[str, Any]:
    tags = [{"name": "component_API", "type": "u", "count": 1}]
    return {"id": id_, "name": "Home", "status": status, "tags": tags} | fields


async def listed(checks: Any, transactions: Any = (), **more: Any) -> list[Alert]:
    def pingdom(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer reads"
        rows = {"/api/3.1/checks": checks, "/api/3.1/tms/check": transactions}[request.url.path]
        if request.url.path == "/api/3.1/checks":
            assert request.url.params["include_tags"] == "true"
        limit, offset = (int(request.url.params[name]) for name in ("limit", "offset"))
        return httpx.Response(200, json={"checks": list(rows)[offset : offset + limit]})

    return await read(source("pingdom", pingdom, api_token="reads", **more))


async def test_what_is_down_is_read() -> None:
    states = ["down", "up", "paused", None, 7]
    checks = [check(id_, state) for id_, state in enumerate(states)]

    alerts = await listed([*checks, None], [check(9, "failing", tags=["component_Cart"])])

    assert [(one.id, one.component) for one in alerts] == [("0", "API"), ("9", "Cart")]


@pytest.mark.parametrize("state", ["unconfirmed_down", "unknown"])
async def test_what_is_not_sure_opens_nothing_and_holds_what_is_open(state: str) -> None:
    (alert,) = await listed([check(1, state)])

    assert (alert.is_open, alert.is_confirmed) == (True, False)


async def test_a_check_is_down_since_it_went_down() -> None:
    (alert,) = await listed([check(1, "down", lastdownstart=1772365800)])

    assert alert.since.isoformat() == "2026-03-01T11:50:00+00:00"


async def test_all_transaction_checks_are_read() -> None:
    assert len(await listed([], [check(id_, "failing") for id_ in range(1001)])) == 1001


async def test_a_plan_without_transaction_checks_can_say_so() -> None:
    transactions = [check(9, "failing")]

    assert await listed([], transactions, transaction_checks=False) == []


async def test_an_answer_without_checks_is_no_answer() -> None:
    def odd(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"error": "no"})

    with pytest.raises(SourceUnread, match="pingdom/main answered without checks"):
        await read(source("pingdom", odd, api_token="reads"))
