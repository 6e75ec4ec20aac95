"""Following a page: the form, the link, the choice, and what nobody may learn or do with them."""

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest

from statuspage_server.languages import language_of
from tests.mailbox import Mailbox, running_mailbox
from tests.manage import Manage
from tests.running import RunningServer

READER = "reader@example.com"
SLACK = "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
async def manage(server: RunningServer, mailbox: Mailbox) -> Manage:
    await server.configure(
        "statuspage: {title: Shop status, token: abcdefgh}\n"
        f"server: {{rate_limit: 0, {mailbox.settings}}}"
    )
    return await Manage.of(server)


async def ask(manage: Manage, expect: int = 200, **fields: str | list[str]) -> str:
    answer = await manage.server.client.post("/subscribe", data=fields)
    assert answer.status_code == expect, answer.text
    return answer.text


async def deliver(manage: Manage, seconds: int = 0) -> None:
    manage.server.clock.move(seconds)
    await manage.server.runtime.outbox.deliver_due()


def link_in(mailbox: Mailbox, wish: str) -> str:
    match = re.search(rf"https://status\.example\.com(/subscriptions/\S+/{wish})", mailbox.text())
    assert match is not None, mailbox.text()
    return match[1]


async def confirm(manage: Manage, mailbox: Mailbox) -> None:
    await deliver(manage)
    link = link_in(mailbox, "confirm")
    assert (await manage.server.client.get(link)).status_code == 200
    assert (await manage.server.client.post(link)).status_code == 200


class TestConfirming:
    async def test_nothing_is_sent_before_the_link_in_the_mail_is_followed(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await ask(manage, email=READER)
        await manage.incident("Too early")
        await deliver(manage)
        assert mailbox.subjects() == ["Confirm your notifications from Shop status"]
        await manage.server.client.get(link_in(mailbox, "confirm"))  # as scanners do
        assert len(await manage.get("subscribers", state="unconfirmed")) == 1
        await confirm(manage, mailbox)
        await manage.incident("Told")
        await deliver(manage)
        assert mailbox.subjects()[1:] == ["[Shop status] Investigating: Told"]

    async def test_a_subscriber_made_by_api_confirms_too(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        made = await manage.post("subscribers", {"subscriber": {"email": READER}})
        await deliver(manage)
        assert len(mailbox.mails) == 1
        manage.server.clock.move(300)
        await manage.post(f"subscribers/{made['id']}/resend_confirmation", None)
        await deliver(manage)
        assert len(mailbox.mails) == 2
        await confirm(manage, mailbox)
        assert len(await manage.get("subscribers")) == 1

    async def test_who_does_not_follow_the_link_is_forgotten_in_a_week(
        self, manage: Manage
    ) -> None:
        await ask(manage, email=READER)
        await deliver(manage, 7 * 86400 - 1)
        await manage.server.runtime.outbox.purge_old()
        assert await manage.server.count("subscribers") == 1
        manage.server.clock.move(1)
        await manage.server.runtime.outbox.purge_old()
        assert await manage.server.count("subscribers") == 0

    async def test_the_link_survives_the_servers_death(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await ask(manage, email=READER)
        await manage.server.restart(after=60)
        await deliver(manage)
        assert len(mailbox.mails) == 1


class TestAbuse:
    async def test_one_address_is_sent_a_link_every_few_minutes_at_most(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        for email in (READER, READER, READER.upper()):
            await ask(manage, email=email)
            await deliver(manage)
        assert len(mailbox.mails) == 1
        manage.server.clock.move(300)
        await ask(manage, email=READER)
        await deliver(manage)
        assert len(mailbox.mails) == 2

    async def test_also_across_pages_and_after_unsubscribing(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        config = manage.server.runtime.config
        other = config.statuspage.model_copy(update={"id": "otherpage123"})
        await manage.server.runtime.adopt(config.model_copy(update={"pages": {"other": other}}))
        await ask(manage, email=READER)
        answer = await manage.server.client.post(
            "/pages/otherpage123/subscribe", data={"email": READER}
        )
        assert answer.status_code == 200
        await confirm(manage, mailbox)
        await manage.server.client.post(
            link_in(mailbox, "confirm").replace("confirm", "unsubscribe")
        )
        await ask(manage, email=READER)
        await deliver(manage)
        assert len(mailbox.mails) == 1

    async def test_new_and_known_addresses_get_the_same_answer(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        new = await ask(manage, email=READER)
        waiting = await ask(manage, email=READER)
        await confirm(manage, mailbox)
        known = await ask(manage, email=READER)
        assert new == waiting == known
        assert READER not in new

    async def test_a_known_address_gets_the_link_to_manage(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await ask(manage, email=READER)
        await confirm(manage, mailbox)
        manage.server.clock.move(300)
        await ask(manage, email=READER)
        await deliver(manage)
        assert mailbox.subjects()[-1] == "Your notifications from Shop status"
        page = (await manage.server.client.get(link_in(mailbox, "manage"))).text
        assert "r***@example.com" in page
        assert READER not in page

    async def test_tries_are_limited(self, manage: Manage) -> None:
        for number in range(6):
            await ask(manage, email=f"{number}@example.com")
        assert "Wait a minute" in await ask(manage, 429, email="7@example.com")
        assert await manage.server.count("subscribers") == 6

    @pytest.mark.parametrize(
        "email",
        ["nobody", "a@b@example.com", "a@example.com,b@example.com", "a@example.com\r\nBcc: x@y.z",
         "<a@example.com>", "a b@example.com", "\u00e9@example.com", "@example.com"],
    )  # fmt: skip
    async def test_what_is_no_single_address_is_refused(self, manage: Manage, email: str) -> None:
        assert "Email is invalid" in await ask(manage, 422, email=email)

    async def test_markup_in_a_field_stays_text(self, manage: Manage) -> None:
        assert '"><script' not in await ask(manage, 422, email='"><script>')

    async def test_the_pages_are_not_kept_and_tell_no_other_site(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await ask(manage, email=READER)
        await deliver(manage)
        headers = (await manage.server.client.get(link_in(mailbox, "confirm"))).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"


class TestLanguages:
    @pytest.mark.parametrize("code", ["en", "de", "fr", "es", "pt", "ja"])
    async def test_each_page_is_in_the_readers(
        self, manage: Manage, mailbox: Mailbox, code: str
    ) -> None:
        language, ask_for = language_of(code), {"Accept-Language": code}
        await manage.component("One")
        await ask(manage, email=READER)
        await confirm(manage, mailbox)
        secret = link_in(mailbox, "confirm").split("/")[2]
        for path, text in {
            "/subscribe": "Your mail address",
            f"/subscriptions/{secret}/confirm": "Receive these notifications?",
            f"/subscriptions/{secret}/unsubscribe": "Stop these notifications?",
            f"/subscriptions/{secret}/manage": "What you hear about",
        }.items():
            html = await manage.server.html(path, **ask_for)
            assert f'<html lang="{code}">' in html
            assert language.text(text) in unescape(html)
        answer = await manage.server.client.post("/subscribe", data={"email": "x"}, headers=ask_for)
        assert language.text("Email is invalid.") in unescape(answer.text)


class TestChoosing:
    async def test_some_components_or_a_group_with_what_joins_it_later(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        one, two = await manage.component("One"), await manage.component("Two")
        later, grouped = await manage.component("Later"), await manage.component("Grouped")
        group = await manage.post(
            "component-groups", {"component_group": {"name": "G", "components": [grouped]}}
        )
        form = (await manage.server.client.get("/subscribe")).text
        assert all(id_ in form for id_ in (one, two, grouped, group["id"]))
        await ask(manage, email=READER, component_ids=[one])
        await confirm(manage, mailbox)
        for component in (one, two):
            await manage.incident(component, component_ids=[component])
        await deliver(manage)
        assert mailbox.subjects()[1:] == [f"[Shop status] Investigating: {one}"]
        page = link_in(mailbox, "manage")
        assert (await manage.server.client.get(page)).text.count("checked") == 1
        answer = await manage.server.client.post(page, data={"component_ids": [group["id"]]})
        assert "Your choice is saved" in answer.text
        await manage.patch(f"components/{later}", {"component": {"group_id": group["id"]}})
        for component in (one, later):
            await manage.incident(component, component_ids=[component])
        await deliver(manage)
        assert mailbox.subjects()[2:] == [f"[Shop status] Investigating: {later}"]

    async def test_one_incident(self, manage: Manage, mailbox: Mailbox) -> None:
        made, other = await manage.incident("Followed"), await manage.incident("Other")
        form = await manage.server.client.get("/subscribe", params={"incident": made["id"]})
        assert "Follow Followed" in form.text
        await ask(manage, email=READER, incident=made["id"])
        await confirm(manage, mailbox)
        for incident in (made, other):
            await manage.patch(f"incidents/{incident['id']}", {"incident": {"body": "News."}})
        await deliver(manage)
        assert mailbox.subjects()[1:] == ["[Shop status] Investigating: Followed"]


class TestWhatThePageAllows:
    async def test_without_mail_only_chat_is_offered(self, manage: Manage) -> None:
        await manage.server.configure("statuspage: {token: t}\nserver: {rate_limit: 0}")
        form = (await manage.server.client.get("/subscribe")).text
        assert 'name="email"' not in form
        assert 'name="endpoint"' in form
        assert "sends no mail" in await ask(manage, 422, email=READER)
        assert "chat service" in await ask(manage, 422, endpoint="https://example.com/hook")
        await ask(manage, endpoint=SLACK)
        (made,) = await manage.get("subscribers")
        assert (made["mode"], made["endpoint"]) == ("slack", SLACK)

    async def test_a_program_of_ones_own_is_confirmed_by_mail(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        hook = "https://hooks.example.com/a"
        assert "needs a mail address" in await ask(manage, 422, endpoint=hook)
        await ask(manage, endpoint=hook, email=READER)
        assert await manage.get("subscribers") == []
        await confirm(manage, mailbox)
        (made,) = await manage.get("subscribers")
        assert made["mode"] == "webhook"
        assert "private" in await ask(manage, 422, endpoint="http://10.0.0.1/", email=READER)

    async def test_a_page_may_take_none(self, manage: Manage) -> None:
        page = {"page": {"allow_page_subscribers": False}}
        await manage.patch(f"/pages/{manage.page_id}", page)
        assert "takes no subscribers" in (await manage.server.client.get("/subscribe")).text
        await ask(manage, email=READER)
        assert await manage.server.count("subscribers") == 0

    @pytest.mark.parametrize(
        "path",
        ["/pages/nowhere/subscribe", "/subscriptions/nope/manage", "/subscriptions/x/confirm"],
    )
    async def test_what_is_not_there(self, manage: Manage, path: str) -> None:
        assert (await manage.server.client.get(path)).status_code == 404
        assert (await manage.server.client.post(path)).status_code == 404

    async def test_head_answers_without_a_body(self, manage: Manage) -> None:
        answer: httpx.Response = await manage.server.client.head("/subscribe")
        assert (answer.status_code, answer.content) == (200, b"")
