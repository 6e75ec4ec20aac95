"""Secret addresses of items, as users of Healthchecks know them."""

import uuid
from typing import Any

import httpx
import pytest

from statuspage_server.heartbeats.items import (
    list_items,
    pause_item,
    read_history,
    renew_address,
    resume_item,
)
from tests.manage import Manage
from tests.running import RunningServer

CONFIG = """
statuspage:
  token: t
  interval: 60
  grace: 30
  alerts: [https://alerts.example.com/hook]
  groups:
    A: [{name: Backup, id: backup, run_time: 300}, {name: Web, id: web}]
    B: [{name: Backup again, id: backup, run_time: 300}]
server: {rate_limit: 0}
"""


@pytest.fixture
async def manage(server: RunningServer) -> Manage:
    await server.configure(CONFIG)
    return await Manage.of(server)


async def address(manage: Manage, item: str = "backup") -> str:
    rows = await manage.server.runtime.database.read(list_items)
    return next(
        str(row.secret) for row in rows if row.item_id == item and row.page_id == manage.page_id
    )


async def ping(manage: Manage, said: str = "", method: str = "GET", **options: Any) -> str:
    path = f"/ping/{await address(manage)}{said}"
    answer: httpx.Response = await manage.server.client.request(method, path, **options)
    assert answer.status_code == 200, answer.text
    return answer.text


async def history(manage: Manage) -> list[tuple[Any, ...]]:
    page_id = manage.page_id
    rows = await manage.server.runtime.database.read(lambda c: read_history(c, page_id, "backup"))
    return [(row.kind, row.exit_code, row.duration, row.message) for row in rows]


async def statuses(manage: Manage) -> list[str]:
    rows = await manage.get("components")
    return [row["status"] for row in rows if row["name"].startswith("Backup")]


async def alerts(manage: Manage) -> list[tuple[str, str | None]]:
    """What the operator is told now."""
    received = manage.server.receiver.received
    before = len(received)
    await manage.server.runtime.outbox.deliver_due()
    beats = [payload["heartbeat"] for _, payload in received[before:] if "heartbeat" in payload]
    return [(beat["state"], beat["message"]) for beat in beats]


class TestSignals:
    @pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
    async def test_each_method_brings_it_up_in_every_group(
        self, manage: Manage, method: str
    ) -> None:
        assert await ping(manage, method=method) == ("" if method == "HEAD" else "OK")
        assert await statuses(manage) == ["operational", "operational"]

    @pytest.mark.parametrize(
        ("said", "status"),
        [("/fail", "major_outage"), ("/1", "major_outage"), ("/255", "major_outage"),
         ("/0", "operational"), ("/log", "operational"), ("/start", "operational")],
    )  # fmt: skip
    async def test_what_each_says(self, manage: Manage, said: str, status: str) -> None:
        await ping(manage)
        await ping(manage, said)
        assert (await statuses(manage))[0] == status

    @pytest.mark.parametrize("said", ["/256", "/-1", "/x", "/1e1", "/\u00b2"])
    async def test_other_words_are_not_found(self, manage: Manage, said: str) -> None:
        answer = await manage.server.client.get(f"/ping/{await address(manage)}{said}")
        assert answer.status_code == 404

    async def test_an_unknown_address_is_not_found(self, manage: Manage) -> None:
        assert (await manage.server.client.get(f"/ping/{uuid.uuid4()}")).status_code == 404

    async def test_one_that_was_taken_out_is_not_found(self, manage: Manage) -> None:
        old = await address(manage)
        await manage.server.configure("statuspage: {token: t}")
        assert (await manage.server.client.get(f"/ping/{old}")).status_code == 404

    async def test_one_that_was_renewed_ends_at_once(self, manage: Manage) -> None:
        old, page_id = await address(manage), manage.page_id
        await manage.server.runtime.database.write(lambda c: renew_address(c, page_id, "backup"))
        assert (await manage.server.client.get(f"/ping/{old}")).status_code == 404
        await ping(manage)

    async def test_an_address_of_ones_own_stays(self, manage: Manage) -> None:
        mine = str(uuid.uuid4())
        await manage.server.configure(CONFIG.replace("id: web", f"id: web, ping_id: {mine}"))
        await manage.server.restart(after=1)
        assert await address(manage, "web") == mine
        assert (await manage.server.client.get(f"/ping/{mine}")).status_code == 200

    async def test_addresses_survive_a_restart(self, manage: Manage) -> None:
        before = await address(manage)
        await manage.server.restart(after=1)
        assert await address(manage) == before

    async def test_what_a_job_prints_is_for_the_operator_alone(self, manage: Manage) -> None:
        await ping(manage, "/3", method="POST", content="password=hunter2")
        assert "hunter2" not in await manage.server.html()
        assert (await history(manage))[0] == ("fail", 3, None, "password=hunter2")
        assert await alerts(manage) == [("failed", "Exit code 3.\npassword=hunter2")]


class TestRuns:
    async def test_a_run_has_a_duration(self, manage: Manage) -> None:
        await ping(manage, "/start")
        manage.server.clock.move(42)
        await ping(manage, "/0", method="POST", content="done")
        assert await history(manage) == [
            ("success", 0, 42_000, "done"),
            ("start", None, None, None),
        ]

    async def test_an_end_belongs_to_the_start_with_its_id(self, manage: Manage) -> None:
        one, two = str(uuid.uuid4()), str(uuid.uuid4())
        await ping(manage, f"/start?rid={one}")
        manage.server.clock.move(10)
        await ping(manage, f"?rid={two}")
        manage.server.clock.move(10)
        await ping(manage, f"?rid={one.upper()}")
        assert [row[2] for row in await history(manage)] == [20_000, None, None]
        answer = await manage.server.client.get(f"/ping/{await address(manage)}?rid=x")
        assert answer.status_code == 400

    async def test_one_that_does_not_end_is_late(self, manage: Manage) -> None:
        await ping(manage)
        await ping(manage, "/start")
        await manage.server.pass_time(300, step=5)
        assert (await statuses(manage))[0] == "operational"
        await manage.server.pass_time(5, step=5)
        assert (await statuses(manage))[0] == "major_outage"
        assert (await alerts(manage))[0] == ("late", None)


class TestHistory:
    async def test_the_last_hundred_are_kept(self, manage: Manage) -> None:
        for number in range(105):
            manage.server.clock.move(1)
            await ping(manage, "/log", method="POST", content=str(number))
        kept = [row[3] for row in await history(manage)]
        assert kept == [str(number) for number in range(104, 4, -1)]

    async def test_beats_with_a_token_stand_in_it_too(self, manage: Manage) -> None:
        await manage.server.beat("backup", "t")
        assert await history(manage) == [("success", None, None, None)]


class TestPauses:
    async def pause(self, manage: Manage) -> None:
        page_id, now = manage.page_id, manage.server.clock()
        await manage.server.runtime.database.write(lambda c: pause_item(c, page_id, "backup", now))

    async def test_nobody_waits_for_a_paused_item(self, manage: Manage) -> None:
        await ping(manage)
        await self.pause(manage)
        await manage.server.pass_time(200, step=5)
        assert await statuses(manage) == ["operational", "operational"]
        await manage.server.restart(after=60)
        await manage.server.pass_time(200, step=5)
        assert await statuses(manage) == ["operational", "operational"]
        assert await alerts(manage) == []

    async def test_what_is_heard_is_waited_for_again(self, manage: Manage) -> None:
        await self.pause(manage)
        await ping(manage, "/log")
        await manage.server.pass_time(5, step=5)
        assert await statuses(manage) == ["major_outage", "major_outage"]
        await ping(manage)
        await manage.server.pass_time(100, step=5)
        assert [state for state, _ in await alerts(manage)] == ["late"]

    async def test_one_that_is_resumed_has_its_whole_interval(self, manage: Manage) -> None:
        await ping(manage)
        await self.pause(manage)
        await manage.server.pass_time(200, step=5)
        page_id, now = manage.page_id, manage.server.clock()
        await manage.server.runtime.database.write(lambda c: resume_item(c, page_id, "backup", now))
        await manage.server.pass_time(90, step=5)
        assert (await statuses(manage))[0] == "operational"
        await manage.server.pass_time(5, step=5)
        assert (await statuses(manage))[0] == "major_outage"


class TestAlerts:
    async def test_down_and_back_are_told_once_each(self, manage: Manage) -> None:
        await ping(manage)
        assert await alerts(manage) == []
        await manage.server.pass_time(100, step=5)
        await ping(manage, "/fail")
        await ping(manage)
        await ping(manage)
        assert await alerts(manage) == [("late", None), ("up", None)]

    async def test_the_operators_addresses_are_shown_to_nobody(self, manage: Manage) -> None:
        assert await manage.server.count("subscribers") == 1
        assert await manage.get("subscribers", state="all") == []
        assert await manage.get("subscribers/unsubscribed") == []
        assert (await manage.get("subscribers/count"))["webhook"] == 0

    async def test_visitors_are_told_nothing_and_operators_no_incidents(
        self, manage: Manage
    ) -> None:
        body = {"subscriber": {"endpoint": "https://visitor.example.com/hook"}}
        await manage.post("subscribers", body)
        await ping(manage, "/fail")
        await manage.incident()
        await manage.server.runtime.outbox.deliver_due()
        got = [(to.partition(".")[0], sorted(set(payload) - {"meta", "page"}))
               for to, payload in manage.server.receiver.received]  # fmt: skip
        assert sorted(got) == [("alerts", ["heartbeat"]), ("visitor", ["incident"])]

    async def test_addresses_follow_the_file(self, manage: Manage) -> None:
        await manage.server.configure(CONFIG.replace("alerts.example", "other.example"))
        await ping(manage, "/fail")
        await manage.server.runtime.outbox.deliver_due()
        assert [to for to, _ in manage.server.receiver.received] == ["other.example.com/hook"]
