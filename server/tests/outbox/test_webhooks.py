"""Notifications: their shapes, their order, and what becomes of those that fail."""

import asyncio
from typing import Any

import httpx
import pytest

from statuspage_server.outbox.queue import claim_deliveries, mark_delivered
from statuspage_server.outbox.sender import WebhookSender
from tests.manage import Manage
from tests.running import HOUR

HOOK = "https://hooks.example.com/a"
INCIDENT_KEYS = {
    "backfilled", "created_at", "impact", "impact_override", "metadata", "monitoring_at",
    "postmortem_body", "postmortem_body_last_updated_at", "postmortem_ignored",
    "postmortem_notified_subscribers", "postmortem_notified_twitter", "postmortem_published_at",
    "resolved_at", "scheduled_auto_completed", "scheduled_auto_in_progress", "scheduled_for",
    "scheduled_remind_prior", "scheduled_reminded_at", "scheduled_until", "shortlink",
    "started_at", "status", "updated_at", "id", "page_id", "incident_updates", "components", "name",
}  # fmt: skip


async def subscribe(manage: Manage, endpoint: str = HOOK, **fields: Any) -> str:
    body = {"subscriber": {"endpoint": endpoint, **fields}}
    return str((await manage.post("subscribers", body))["id"])


async def deliver(manage: Manage) -> list[Any]:
    """What arrives now."""
    before = len(manage.server.receiver.received)
    await manage.server.runtime.outbox.deliver_due()
    return [payload for _, payload in manage.server.receiver.received[before:]]


class TestShapes:
    async def test_a_component(self, manage: Manage) -> None:
        one = await manage.component("One")
        subscriber = await subscribe(manage)
        await manage.patch(f"components/{one}", {"component": {"status": "major_outage"}})
        (payload,) = await deliver(manage)
        assert list(payload) == ["meta", "page", "component_update", "component"]
        assert payload["meta"]["generated_at"] == "2026-03-04T05:06:07.089Z"
        assert payload["meta"]["unsubscribe"].startswith("http://localhost:8080/subscriptions/")
        assert payload["page"] == {
            "id": manage.page_id,
            "status_indicator": "critical",
            "status_description": "Major System Outage",
        }
        change = payload["component_update"]
        assert (change["old_status"], change["new_status"]) == ("operational", "major_outage")
        assert (change["component_id"], change["state"]) == (one, "sn_created")
        assert set(payload["component"]) == {
            "status", "name", "created_at", "updated_at", "position", "description", "showcase",
            "start_date", "id", "page_id", "group_id",
        }  # fmt: skip
        assert subscriber not in str(payload)

    async def test_an_incident(self, manage: Manage) -> None:
        await subscribe(manage)
        made = await manage.incident("Trouble", body="Looking.", metadata={"port": {"runId": "1"}})
        await manage.patch(f"incidents/{made['id']}", {"incident": {"body": "More."}})
        first, second = await deliver(manage)
        assert set(first["incident"]) == INCIDENT_KEYS
        assert first["incident"]["started_at"] == "2026-03-04T05:06:07.089Z"
        assert first["incident"]["shortlink"] == made["shortlink"]
        assert first["incident"]["metadata"] == {"port": {"runId": "1"}}
        bodies = [update["body"] for update in second["incident"]["incident_updates"]]
        assert bodies == ["More.", "Looking."]

    async def test_one_change_makes_both_events_in_order(self, manage: Manage) -> None:
        one = await manage.component("One")
        await subscribe(manage)
        await manage.incident(components={one: "degraded_performance"})
        kinds = [
            "incident" if "incident" in payload else "component"
            for payload in await deliver(manage)
        ]
        assert kinds == ["component", "incident"]


class TestWhoIsTold:
    async def test_names_positions_and_quiet_incidents_tell_nobody(self, manage: Manage) -> None:
        one = await manage.component("One")
        await subscribe(manage)
        await manage.patch(f"components/{one}", {"component": {"name": "Other"}})
        await manage.incident(deliver_notifications=False)
        assert await deliver(manage) == []

    async def test_followers_of_some_components(self, manage: Manage) -> None:
        one, two = await manage.component("One"), await manage.component("Two")
        await subscribe(manage, component_ids=[one])
        for id_ in (one, two):
            await manage.patch(f"components/{id_}", {"component": {"status": "major_outage"}})
        (payload,) = await deliver(manage)
        assert payload["component"]["id"] == one

    async def test_followers_of_one_incident(self, manage: Manage) -> None:
        followed, other = await manage.incident("Followed"), await manage.incident("Other")
        body = {"subscriber": {"endpoint": HOOK}}
        await manage.post(f"incidents/{followed['id']}/subscribers", body)
        for incident in (other, followed):
            await manage.patch(f"incidents/{incident['id']}", {"incident": {"body": "News."}})
        (payload,) = await deliver(manage)
        assert payload["incident"]["name"] == "Followed"

    async def test_the_unsubscribe_link_asks_first(self, manage: Manage) -> None:
        await subscribe(manage)
        await manage.incident()
        (payload,) = await deliver(manage)
        client, link = manage.server.client, payload["meta"]["unsubscribe"]
        assert "<button" in (await client.get(link)).text
        assert len(await manage.get("subscribers")) == 1
        assert (await client.post(link)).status_code == 200
        assert await manage.get("subscribers") == []
        assert "You are unsubscribed" in (await client.get(link)).text
        assert (await client.post(link)).status_code == 200

    async def test_confirming(self, manage: Manage) -> None:
        await manage.server.configure(
            "statuspage: {token: abcdefgh}\n"
            "server: {rate_limit: 0, webhooks: {require_confirmation: true}}"
        )
        await subscribe(manage)
        await manage.incident()
        assert await deliver(manage) == []


class TestFailures:
    async def failing(self, manage: Manage, answers: list[int | Exception]) -> None:
        await subscribe(manage)
        await manage.incident("Trouble", body="0")
        manage.server.receiver.answers.extend(answers)

    @pytest.mark.parametrize("answer", [500, 302, httpx.ConnectError("no"), OSError("no")])
    async def test_it_is_tried_again_and_the_order_holds(
        self, manage: Manage, answer: int | Exception
    ) -> None:
        await self.failing(manage, [answer])
        assert await deliver(manage) == []
        (made,) = await manage.get("incidents")
        await manage.patch(f"incidents/{made['id']}", {"incident": {"body": "1"}})
        assert await deliver(manage) == []
        manage.server.clock.move(15)
        payloads = await deliver(manage)
        newest = [payload["incident"]["incident_updates"][0]["body"] for payload in payloads]
        assert newest == ["0", "1"]

    async def test_ten_failures_end_in_quarantine_until_it_is_lifted(self, manage: Manage) -> None:
        await self.failing(manage, [500] * 10)
        for _ in range(10):
            assert await deliver(manage) == []
            manage.server.clock.move(1020)
        (quarantined,) = await manage.get("subscribers", state="quarantined")
        assert quarantined["quarantined_at"] is not None
        assert quarantined["purge_at"].startswith("2026-06-02")
        await manage.incident("While it was away")
        assert await deliver(manage) == []
        await manage.post("subscribers/reactivate", {"subscribers": [quarantined["id"]]})
        await manage.incident("Back")
        (payload,) = await deliver(manage)
        assert payload["incident"]["name"] == "Back"

    async def test_a_success_forgives(self, manage: Manage) -> None:
        await self.failing(manage, [500] * 9)
        for _ in range(9):
            await deliver(manage)
            manage.server.clock.move(1020)
        assert len(await deliver(manage)) == 1
        await manage.incident()
        manage.server.receiver.answers.append(500)
        await deliver(manage)
        assert await manage.get("subscribers", state="quarantined") == []

    async def test_after_ninety_days_it_is_purged(self, manage: Manage) -> None:
        await self.failing(manage, [500] * 10)
        for _ in range(10):
            await deliver(manage)
            manage.server.clock.move(1020)
        manage.server.clock.move(90 * 86400)
        await manage.server.runtime.outbox.purge_old()
        assert await manage.get("subscribers", state="all") == []
        assert len(await manage.get("subscribers/unsubscribed")) == 1

    async def test_one_that_fails_does_not_keep_the_others(self, manage: Manage) -> None:
        await subscribe(manage)
        await subscribe(manage, "https://hooks.example.com/b")
        await manage.incident()
        manage.server.receiver.answers.append(500)
        assert len(await deliver(manage)) == 1

    async def test_a_name_that_leads_inside_is_not_followed(self, manage: Manage) -> None:
        await self.failing(manage, [])
        manage.server.receiver.addresses["hooks.example.com"] = ["93.184.216.34", "10.0.0.1"]
        assert await deliver(manage) == []

    async def test_it_goes_to_the_address_that_was_checked(self, manage: Manage) -> None:
        seen: list[httpx.Request] = []

        async def look(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return httpx.Response(200)

        client = httpx.AsyncClient(transport=httpx.MockTransport(look))
        sender = manage.server.runtime.outbox.channels.senders.webhook
        sender._client = client  # noqa: SLF001 - to see the request itself
        assert (
            await sender.deliver("https://hooks.example.com/a?b=c", {}, allow_private=False) is None
        )
        (request,) = seen
        assert str(request.url) == "https://93.184.216.34/a?b=c"
        assert request.headers["Host"] == "hooks.example.com"
        assert request.extensions["sni_hostname"] == "hooks.example.com"


class TestAddresses:
    """An endpoint's name may lead to several: the first one that answers has it."""

    async def attempt(self, addresses: list[str], *answers: Any) -> list[str]:
        """Which of them are asked, in turn."""
        asked: list[str] = []

        async def answer(request: httpx.Request) -> httpx.Response:
            asked.append(request.url.host)
            found = answers[len(asked) - 1]
            if isinstance(found, Exception):
                raise found
            return httpx.Response(found)

        async def resolve(*_: object) -> list[str]:
            return addresses

        sender = WebhookSender(httpx.AsyncClient(transport=httpx.MockTransport(answer)), resolve)
        self.trouble = await sender.deliver(HOOK, {}, allow_private=False)
        return asked

    async def test_one_that_does_not_answer_leaves_it_to_the_next(self) -> None:
        refused, slow = httpx.ConnectError("no"), httpx.ConnectTimeout("no")
        addresses = ["2606:4700::1", "2606:4700::1", "93.184.216.34", "93.184.216.35"]
        assert await self.attempt(addresses, refused, slow, 200) == [
            "2606:4700::1",
            "93.184.216.34",
            "93.184.216.35",
        ]
        assert self.trouble is None

    @pytest.mark.parametrize("answer", [500, httpx.ReadTimeout("no"), httpx.ReadError("no")])
    async def test_what_one_may_have_received_is_not_sent_to_another(
        self, answer: int | Exception
    ) -> None:
        assert len(await self.attempt(["93.184.216.34", "93.184.216.35"], answer)) == 1
        assert self.trouble

    async def test_none_at_all_is_a_failure_like_any_other(self) -> None:
        assert await self.attempt([]) == []
        assert self.trouble == "its name leads to no address"


class TestMoments:
    async def test_a_notification_goes_at_once_and_not_with_the_next_round(
        self, manage: Manage
    ) -> None:
        await subscribe(manage)
        server = manage.server
        await server.runtime.start(round_seconds=HOUR)
        try:
            await manage.incident()
            async with asyncio.timeout(10):
                await server.receiver.arrived.wait()
        finally:
            await server.runtime.stop()
        assert len(server.receiver.received) == 1


class TestLeaving:
    async def test_who_leaves_during_a_delivery_takes_nobodys_notification_along(
        self, manage: Manage
    ) -> None:
        leaving = await subscribe(manage)
        await manage.incident("One")
        database, now = manage.server.runtime.database, manage.server.clock()
        (under_way,) = await database.write(lambda c: claim_deliveries(c, now, 1, ("webhook",)))
        await manage.delete(f"subscribers/{leaving}")
        await subscribe(manage, "https://hooks.example.com/b")
        await manage.incident("Two")
        await database.write(lambda c: mark_delivered(c, under_way))
        (payload,) = await deliver(manage)
        assert payload["incident"]["name"] == "Two"


class TestRestarts:
    async def test_what_was_not_sent_is_sent_by_the_next_process(self, manage: Manage) -> None:
        await subscribe(manage)
        await manage.incident()
        await manage.server.restart(after=60)
        assert len(await deliver(manage)) == 1
        assert await deliver(manage) == []

    async def test_nothing_stays_behind_in_the_outbox(self, manage: Manage) -> None:
        await subscribe(manage)
        await subscribe(manage, "https://hooks.example.com/b")
        await manage.incident()
        await deliver(manage)
        assert await manage.server.count("notices") == await manage.server.count("outbox") == 0
