"""Mail, read back from a real mail server."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.mailbox import Mailbox, running_mailbox
from tests.manage import Manage
from tests.running import RunningServer

READER = "reader@example.com"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
async def manage(server: RunningServer, mailbox: Mailbox) -> Manage:
    await server.configure(
        "statuspage: {title: Shop status, token: abcdefgh, time_zone: Europe/Berlin}\n"
        f"server: {{rate_limit: 0, {mailbox.settings}}}"
    )
    return await Manage.of(server)


async def follow(manage: Manage, **fields: Any) -> Any:
    said = {"email": READER, "skip_confirmation_notification": True, **fields}
    return await manage.post("subscribers", {"subscriber": said})


async def deliver(manage: Manage, seconds: int = 0) -> None:
    manage.server.clock.move(seconds)
    await manage.server.runtime.outbox.deliver_due()


class TestWhatItSays:
    async def test_an_incident(self, manage: Manage, mailbox: Mailbox) -> None:
        await follow(manage)
        one = await manage.component("Checkout")
        made = await manage.incident(
            "Orders fail", body="We look <into> it.", components={one: "partial_outage"}
        )
        await deliver(manage)
        (mail,) = mailbox.mails
        assert mail["Subject"] == "[Shop status] Investigating: Orders fail"
        assert (mail["From"], mail["To"]) == ("Status <status@example.com>", READER)
        assert mailbox.recipients == [READER]
        text = mailbox.text()
        for words in (
            "We look <into> it.",
            "Affected: Checkout (partial outage)",
            "Started: 4 March 2026, 06:06 CET",
            made["shortlink"],
            "You asked to hear about the state of",
        ):
            assert words in text
        html = mail.get_body(("html",))
        assert html is not None
        assert "We look &lt;into&gt; it." in html.get_content()

    async def test_how_long_it_lasted(self, manage: Manage, mailbox: Mailbox) -> None:
        await follow(manage)
        made = await manage.incident("Orders fail")
        manage.server.clock.move(2 * 3600 + 300)
        await manage.patch(f"incidents/{made['id']}", {"incident": {"status": "resolved"}})
        await deliver(manage)
        assert mailbox.subjects()[-1] == "[Shop status] Resolved: Orders fail"
        assert "Lasted: 2 hours 5 minutes" in mailbox.text()

    async def test_a_postmortem_when_its_author_asks_for_it(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        made = await manage.incident("Orders fail", status="resolved")
        path = f"incidents/{made['id']}/postmortem"
        await manage.put(path, {"postmortem": {"body_draft": "A disk was full."}})
        await follow(manage)
        await manage.put(f"{path}/publish", {"postmortem": {}})
        await deliver(manage)
        assert mailbox.mails == []
        await manage.put(f"{path}/publish", {"postmortem": {"notify_subscribers": True}})
        await deliver(manage)
        assert mailbox.subjects() == ["[Shop status] Postmortem: Orders fail"]
        assert "A disk was full." in mailbox.text()
        assert made["shortlink"] in mailbox.text()

    async def test_a_postmortem_is_for_those_who_follow_what_it_is_about(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        one, two = await manage.component("One"), await manage.component("Two")
        await follow(manage, email="one@example.com", component_ids=[one])
        await follow(manage, email="two@example.com", component_ids=[two])
        hook = {"endpoint": "https://example.com/a", "skip_confirmation_notification": True}
        await manage.post("subscribers", {"subscriber": hook})
        made = await manage.incident("Slow", deliver_notifications=False, component_ids=[one])
        path = f"incidents/{made['id']}/postmortem"
        await manage.put(path, {"postmortem": {"body_draft": "Why."}})
        await manage.put(f"{path}/publish", {"postmortem": {"notify_subscribers": True}})
        await deliver(manage)
        assert mailbox.recipients == ["one@example.com"]
        assert manage.server.receiver.received == []

    async def test_a_maintenance(self, manage: Manage, mailbox: Mailbox) -> None:
        await follow(manage)
        await manage.incident(
            "New disks",
            scheduled_for="2026-07-01T20:00:00Z",
            scheduled_until="2026-07-01T22:00:00Z",
        )
        await deliver(manage)
        assert "From: 1 July 2026, 22:00 CEST\nUntil: 2 July 2026, 00:00 CEST" in mailbox.text()

    async def test_mails_about_one_incident_stand_together(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await follow(manage)
        made = await manage.incident("One")
        await manage.patch(f"incidents/{made['id']}", {"incident": {"body": "More."}})
        await manage.incident("Two")
        await deliver(manage)
        one, again, two = (mail["References"] for mail in mailbox.mails)
        assert one == again != two
        assert len({mail["Message-ID"] for mail in mailbox.mails}) == 3

    async def test_each_mail_has_an_id_of_its_own(self, manage: Manage, mailbox: Mailbox) -> None:
        await follow(manage)
        for name in ("One", "Two"):
            await manage.incident(name)
            await deliver(manage)  # after which a row's number may be another row's
        one, two = (mail["Message-ID"] for mail in mailbox.mails)
        assert one != two

    async def test_a_line_break_in_a_name_makes_no_header(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await follow(manage)
        await manage.incident("One\r\nBcc: other@example.com")
        await deliver(manage)
        assert mailbox.mails[0]["Bcc"] is None
        assert mailbox.recipients == [READER]

    async def test_a_components_change_alone_is_no_mail(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await follow(manage)
        one = await manage.component("One")
        await manage.patch(f"components/{one}", {"component": {"status": "major_outage"}})
        await deliver(manage)
        assert mailbox.mails == []


class TestUnsubscribing:
    async def test_with_the_mail_programs_own_button(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await follow(manage)
        made = await manage.incident()
        await deliver(manage)
        (mail,) = mailbox.mails
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        match = re.fullmatch(r"<(https://[^>]+)>", mail["List-Unsubscribe"])
        assert match is not None
        assert (await manage.server.client.get(match[1])).status_code == 200
        assert len(await manage.get("subscribers")) == 1
        for _ in range(2):  # a program that heard no answer asks again
            answer = await manage.server.client.post(
                match[1], data={"List-Unsubscribe": "One-Click"}
            )
            assert (answer.status_code, answer.history) == (200, [])
            assert "set-cookie" not in answer.headers
        assert await manage.get("subscribers") == []
        await manage.patch(f"incidents/{made['id']}", {"incident": {"body": "More."}})
        await deliver(manage)
        assert len(mailbox.mails) == 1


class TestTheMailServersFaults:
    async def test_while_it_is_away_nothing_is_lost_and_nobody_is_blamed(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await follow(manage)
        await manage.incident("Kept")
        server = manage.server
        away = "mail: {host: 127.0.0.1, port: 1, security: none, sender: s@example.com}"
        before = server.runtime.config
        await server.configure(
            f"statuspage: {{token: t}}\nserver: {{public_url: 'http://x', rate_limit: 0, {away}}}"
        )
        for _ in range(20):
            await deliver(manage, 60)
        assert await manage.get("subscribers", state="quarantined") == []
        await server.restart(after=60)
        await server.runtime.adopt(before)
        await deliver(manage, 60)
        assert mailbox.subjects() == ["[Shop status] Investigating: Kept"]

    async def test_an_address_that_does_not_exist_goes_into_quarantine_at_once(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await follow(manage)
        mailbox.refuse_recipient = "550 5.1.1 No such user"
        await manage.incident()
        await deliver(manage)
        (gone,) = await manage.get("subscribers", state="quarantined")
        assert gone["email"] == READER

    async def test_who_asks_again_after_it_is_sent_a_link(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await follow(manage)
        mailbox.refuse_recipient = "550 5.1.1 No such user"
        await manage.incident()
        await deliver(manage)
        mailbox.refuse_recipient = None
        await manage.server.client.post("/subscribe", data={"email": READER.upper()})
        await deliver(manage)
        assert mailbox.subjects() == ["Your notifications from Shop status"]
        assert len(await manage.get("subscribers", state="all")) == 1

    async def test_without_the_encryption_that_is_asked_for_nothing_is_sent(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await follow(manage)
        await manage.server.configure(
            "statuspage: {token: t}\n"
            f"server: {{rate_limit: 0, {mailbox.settings.replace('none', 'starttls')}}}"
        )
        await manage.incident()
        await deliver(manage)
        assert mailbox.mails == []
        assert await manage.server.count("outbox") == 1

    @pytest.mark.parametrize("answer", ["450 4.2.0 Greylisted", "550 5.7.1 Relaying denied"])
    async def test_other_refusals_are_tried_again(
        self, manage: Manage, mailbox: Mailbox, answer: str
    ) -> None:
        await follow(manage)
        mailbox.refuse_recipient = answer
        await manage.incident()
        await deliver(manage)
        mailbox.refuse_recipient = None
        await deliver(manage, 15)
        assert len(mailbox.mails) == 1

    async def test_a_mail_that_is_refused_ten_times_stops_in_the_end(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await follow(manage)
        mailbox.refuse_data = "554 5.6.0 Not this one"
        await manage.incident()
        for _ in range(10):
            await deliver(manage, 1020)
        assert len(await manage.get("subscribers", state="quarantined")) == 1

    async def test_one_connection_carries_many_mails(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await follow(manage)
        for _ in range(5):
            await manage.incident()
        await deliver(manage)
        assert (len(mailbox.mails), len(mailbox.sessions)) == (5, 1)


class TestWithoutMail:
    async def test_nothing_is_kept_for_the_day_when_there_is_mail(
        self, manage: Manage, mailbox: Mailbox
    ) -> None:
        await follow(manage)
        config = manage.server.runtime.config
        await manage.server.configure("statuspage: {token: t}\nserver: {rate_limit: 0}")
        await manage.incident("Old news")
        await deliver(manage)
        await manage.server.runtime.adopt(config)
        await deliver(manage, 60)
        assert mailbox.mails == []

    async def test_the_page_says_what_is_really_there(self, manage: Manage) -> None:
        async def allowed() -> tuple[bool, bool, bool]:
            page = await manage.get(f"/pages/{manage.page_id}")
            return (
                page["allow_email_subscribers"],
                page["allow_sms_subscribers"],
                page["allow_webhook_subscribers"],
            )

        assert await allowed() == (True, False, True)
        await manage.patch(f"/pages/{manage.page_id}", {"page": {"allow_email_subscribers": False}})
        assert await allowed() == (False, False, True)
        await manage.patch(f"/pages/{manage.page_id}", {"page": {"allow_email_subscribers": True}})
        await manage.server.configure("statuspage: {token: t}\nserver: {rate_limit: 0}")
        assert await allowed() == (False, False, True)
