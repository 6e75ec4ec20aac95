"""Subscribers: a list counted from 0, filters, counts, and endpoints that are refused."""

from typing import Any

import pytest
from sqlalchemy import update

from statuspage_server.storage.schema import subscribers
from tests.manage import Manage

HOOK = "https://hooks.example.com/a"


async def subscribe(manage: Manage, **fields: Any) -> Any:
    return await manage.post("subscribers", {"subscriber": fields})


async def quarantine(manage: Manage, subscriber_id: str) -> None:
    now = manage.server.clock()
    await manage.server.runtime.database.write(
        lambda c: c.execute(
            update(subscribers)
            .where(subscribers.c.id == subscriber_id)
            .values(quarantined_at=now, purge_at=now, failures=10)
        )
    )


class TestCreating:
    async def test_the_channel_follows_from_what_is_given(self, manage: Manage) -> None:
        hook = await subscribe(manage, endpoint=HOOK, email="ops@example.com")
        assert (hook["mode"], hook["endpoint"], hook["email"]) == (
            "webhook",
            HOOK,
            "ops@example.com",
        )
        assert (await subscribe(manage, email="a@example.com"))["mode"] == "email"
        sms = await subscribe(manage, phone_number="202-555-0105", phone_country="US")
        assert sms["mode"] == "sms"
        assert await manage.get(f"subscribers/{hook['id']}") == hook

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({}, "needs an email"),
            ({"email": "nobody"}, "Email is invalid"),
            ({"endpoint": "ftp://example.com"}, "http or https"),
            ({"endpoint": "https://"}, "http or https"),
            ({"endpoint": "http://[::1"}, "not a valid URL"),
            (
                {"endpoint": "https://hooks.slack.com/x"},
                "of this chat service",
            ),
            ({"endpoint": "http://127.0.0.1:9/x"}, "private or loopback"),
            ({"endpoint": "http://localhost/x"}, "private or loopback"),
            ({"endpoint": "http://10.1.2.3/"}, "private or loopback"),
            ({"endpoint": "http://[::ffff:192.168.0.1]/"}, "private or loopback"),
            ({"endpoint": "http://.example.com/"}, "cannot exist"),
            ({"endpoint": "http://example..com/"}, "cannot exist"),
            ({"endpoint": "http://-example.com/"}, "cannot exist"),
            ({"endpoint": f"http://{'x' * 64}.com/"}, "cannot exist"),
            ({"endpoint": f"http://{'x.' * 130}com/"}, "cannot exist"),
            ({"endpoint": "http://1.2.3/"}, "cannot exist"),
            ({"endpoint": "http://0x7f.1/"}, "cannot exist"),
            ({"endpoint": "http://example.com:0/"}, "cannot exist"),
            ({"endpoint": HOOK, "component_ids": []}, "at least one"),
            ({"endpoint": HOOK, "component_ids": ["nowhere"]}, "not on this page"),
        ],
    )
    async def test_what_is_refused(
        self, manage: Manage, fields: dict[str, Any], words: str
    ) -> None:
        answer = await manage.post("subscribers", {"subscriber": fields}, 422)
        assert words in answer["error"][0]

    async def test_the_same_endpoint_is_taken_once(self, manage: Manage) -> None:
        made = await subscribe(manage, endpoint=HOOK)
        await manage.post("subscribers", {"subscriber": {"endpoint": HOOK}}, 422)
        await manage.delete(f"subscribers/{made['id']}", skip_unsubscription_notification="true")
        await subscribe(manage, endpoint=HOOK)

    async def test_private_addresses_by_setting(self, manage: Manage) -> None:
        await manage.server.configure(
            "statuspage: {token: abcdefgh}\n"
            "server: {rate_limit: 0, webhooks: {allow_private_addresses: true}}"
        )
        await subscribe(manage, endpoint="http://127.0.0.1:9/x")

    async def test_confirmation_by_setting(self, manage: Manage) -> None:
        await manage.server.configure(
            "statuspage: {token: abcdefgh}\n"
            "server: {rate_limit: 0, webhooks: {require_confirmation: true}}"
        )
        await subscribe(manage, endpoint=HOOK)
        await subscribe(manage, endpoint=f"{HOOK}b", skip_confirmation_notification=True)
        assert len(await manage.get("subscribers")) == 1
        assert len(await manage.get("subscribers", state="unconfirmed")) == 1


class TestLists:
    async def test_pages_are_counted_from_0(self, manage: Manage) -> None:
        for number in range(5):
            await subscribe(manage, email=f"{number}@example.com")
        emails = [row["email"] for row in await manage.get("subscribers", limit=2)]
        assert emails == ["0@example.com", "1@example.com"]
        emails = [row["email"] for row in await manage.get("subscribers", limit=2, page=1)]
        assert emails == ["2@example.com", "3@example.com"]
        backwards = await manage.get("subscribers", limit=1, sort_direction="desc")
        assert backwards[0]["email"] == "4@example.com"

    async def test_filters(self, manage: Manage) -> None:
        hook = await subscribe(manage, endpoint=HOOK)
        mail = await subscribe(manage, email="a@example.com")
        await quarantine(manage, hook["id"])

        async def ids(**query: Any) -> list[str]:
            return [row["id"] for row in await manage.get("subscribers", **query)]

        assert await ids() == [mail["id"]]
        assert await ids(state="quarantined") == [hook["id"]]
        assert await ids(state="all", type="webhook") == [hook["id"]]
        assert await ids(state="all", q="HOOKS.example") == [hook["id"]]
        assert await ids(state="all", q="nobody") == []
        await manage.get("subscribers", 422, sort_field="relevance")
        await manage.get("subscribers", 422, state="gone")

    async def test_counts(self, manage: Manage) -> None:
        hook = await subscribe(manage, endpoint=HOOK)
        await subscribe(manage, email="a@example.com")
        await quarantine(manage, hook["id"])
        nothing = dict.fromkeys(
            ["email", "sms", "webhook", "integration_partner", "slack", "teams"], 0
        )
        assert await manage.get("subscribers/count") == {**nothing, "email": 1}
        counts = await manage.get("subscribers/count", state="all", type="webhook")
        assert counts == {**nothing, "webhook": 1}
        shown = await manage.get("subscribers/histogram_by_state")
        assert shown["webhook"] == {"active": 0, "unconfirmed": 0, "quarantined": 1, "total": 1}


class TestComingAndGoing:
    async def test_deleting_unsubscribes(self, manage: Manage) -> None:
        made = await subscribe(manage, email="a@example.com")
        assert await manage.delete(f"subscribers/{made['id']}") == made
        assert await manage.get("subscribers", state="all") == []
        assert await manage.get("subscribers/unsubscribed") == [made]

    async def test_unsubscribing_many(self, manage: Manage) -> None:
        one = await subscribe(manage, email="a@example.com")
        await subscribe(manage, email="b@example.com")
        await manage.post("subscribers/unsubscribe", {"subscribers": [one["id"], "nowhere"]})
        assert len(await manage.get("subscribers")) == 1
        await manage.post("subscribers/unsubscribe", {"subscribers": "all", "type": "sms"})
        assert len(await manage.get("subscribers")) == 1
        await manage.post("subscribers/unsubscribe", {"subscribers": "all"})
        assert await manage.get("subscribers") == []
        await manage.post("subscribers/unsubscribe", {"subscribers": ["x"] * 101}, 422)

    async def test_all_is_for_fewer_than_a_hundred(self, manage: Manage) -> None:
        for number in range(100):
            await subscribe(manage, email=f"{number}@example.com")
        await manage.post("subscribers/unsubscribe", {"subscribers": "all"}, 422)

    async def test_reactivating(self, manage: Manage) -> None:
        hook = await subscribe(manage, endpoint=HOOK)
        await quarantine(manage, hook["id"])
        assert (await manage.get(f"subscribers/{hook['id']}"))["quarantined_at"] is not None
        await manage.post("subscribers/reactivate", {"subscribers": [hook["id"]]})
        assert await manage.get("subscribers") == [hook]

    async def test_following_some_components(self, manage: Manage) -> None:
        one = await manage.component("One")
        made = await subscribe(manage, endpoint=HOOK, component_ids=[one])
        assert made["components"] == [one]
        changed = await manage.patch(f"subscribers/{made['id']}", {"component_ids": None})
        assert changed["components"] == []

    async def test_what_is_deleted_is_followed_no_longer(self, manage: Manage) -> None:
        one, two = await manage.component("One"), await manage.component("Two")
        both = await subscribe(manage, endpoint=HOOK, component_ids=[one, two])
        only = await subscribe(manage, endpoint=f"{HOOK}b", component_ids=[one])
        everything = await subscribe(manage, endpoint=f"{HOOK}c")
        await manage.delete(f"components/{one}", 204)
        (kept, page) = await manage.get("subscribers")
        assert (kept["id"], kept["components"]) == (both["id"], [two])
        assert (page["id"], page["components"]) == (everything["id"], [])
        # An empty choice would mean everything, which is not what was asked for.
        (gone,) = await manage.get("subscribers/unsubscribed")
        assert gone["id"] == only["id"]

    async def test_so_it_is_with_what_leaves_the_file(self, manage: Manage) -> None:
        items = "statuspage: {token: t, groups: {A: [%s]}}\nserver: {rate_limit: 0}"
        await manage.server.configure(items % "{name: a, id: a}, {name: b, id: b}")
        rows = {row["name"]: row["id"] for row in await manage.get("components")}
        await subscribe(manage, endpoint=HOOK, component_ids=[rows["a"], rows["b"]])
        await manage.server.configure(items % "{name: b, id: b}")
        (kept,) = await manage.get("subscribers")
        assert kept["components"] == [rows["b"]]

    async def test_following_one_incident(self, manage: Manage) -> None:
        path = f"incidents/{(await manage.incident())['id']}/subscribers"
        made = await manage.post(path, {"subscriber": {"email": "a@example.com"}})
        assert await manage.get(path) == [made]
        assert await manage.get("subscribers", state="all") == []
        assert await manage.get(f"{path}/{made['id']}") == made
        assert await manage.delete(f"{path}/{made['id']}") == made
        assert await manage.get(path) == []

    async def test_a_follower_of_one_incident_is_named_like_any_other(self, manage: Manage) -> None:
        path = f"incidents/{(await manage.incident())['id']}/subscribers"
        hook = await manage.post(path, {"subscriber": {"endpoint": HOOK}})
        await quarantine(manage, hook["id"])
        await manage.post("subscribers/reactivate", {"subscribers": [hook["id"]]})
        assert await manage.get(path) == [hook]
        await manage.post("subscribers/unsubscribe", {"subscribers": "all"})
        assert await manage.get(path) == [hook]
        await manage.post("subscribers/unsubscribe", {"subscribers": [hook["id"]]})
        assert await manage.get(path) == []

    async def test_resending_is_accepted(self, manage: Manage) -> None:
        made = await subscribe(manage, email="a@example.com")
        await manage.post(f"subscribers/{made['id']}/resend_confirmation", None)
        await manage.post("subscribers/resend_confirmation", {"subscribers": [made["id"]]})
