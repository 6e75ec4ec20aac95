"""`/api/v2/subscribers.json`, as clients of the vendor's pages use it."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.mailbox import Mailbox, running_mailbox
from tests.manage import Manage
from tests.running import RunningServer

READER = "reader@example.com"
PATH = "/api/v2/subscribers.json"


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


async def post(manage: Manage, expect: int = 200, **sent: Any) -> Any:
    answer: httpx.Response = await manage.server.client.post(PATH, **sent)
    assert answer.status_code == expect, answer.text
    return answer.json()


async def follow(manage: Manage, expect: int = 200, **fields: Any) -> Any:
    return await post(manage, expect, json={"subscriber": fields})


async def confirmed(manage: Manage, mailbox: Mailbox) -> str:
    """Follows the link in the mail, and gives the secret in it."""
    await manage.server.runtime.outbox.deliver_due()
    found = re.search(r"/subscriptions/(\S+)/confirm", mailbox.text())
    assert found is not None
    await manage.server.client.post(f"/subscriptions/{found[1]}/confirm")
    return found[1]


async def test_a_mail_address_confirms_and_is_told(manage: Manage, mailbox: Mailbox) -> None:
    answer = await follow(manage, email=READER)
    page = answer.pop("page")
    assert (page["id"], page["name"]) == (manage.page_id, "Shop status")
    assert answer == {"can_select_components": False, "mode": "email_sms", "email": READER}
    await confirmed(manage, mailbox)
    await manage.incident("Trouble")
    await manage.server.runtime.outbox.deliver_due()
    assert mailbox.subjects()[-1] == "[Shop status] Investigating: Trouble"


async def test_a_form_says_the_same(manage: Manage) -> None:
    hook = "https://example.com/hook"
    form = {"subscriber[email]": READER, "subscriber[endpoint]": hook}
    answer = await post(manage, data=form)
    assert (answer["mode"], answer["webhook"]) == ("webhook", hook)
    (waiting,) = await manage.get("subscribers", state="unconfirmed")
    assert (waiting["email"], waiting["endpoint"]) == (READER, hook)


async def test_one_component_or_one_incident(manage: Manage, mailbox: Mailbox) -> None:
    one, two = await manage.component("One"), await manage.component("Two")
    made = await manage.incident("Trouble", component_ids=[two])
    assert (await follow(manage, email=READER, component_id=one))["can_select_components"]
    await confirmed(manage, mailbox)
    await follow(manage, email="other@example.com", incident_id=made["id"])
    await confirmed(manage, mailbox)
    mailbox.recipients.clear()
    await manage.patch(f"incidents/{made['id']}", {"incident": {"body": "Still."}})
    await manage.incident("Elsewhere", component_ids=[one])
    await manage.server.runtime.outbox.deliver_due()
    assert mailbox.recipients == ["other@example.com", READER]


async def test_new_and_known_addresses_get_the_same_answer(
    manage: Manage, mailbox: Mailbox
) -> None:
    new = await follow(manage, email=READER)
    await confirmed(manage, mailbox)
    assert await follow(manage, email=READER) == new


@pytest.mark.parametrize(
    "fields",
    [{}, {"email": "nobody"}, {"phone_number": "555"}, {"email": READER, "component_id": "nothing"},
     {"endpoint": "https://example.com/hook"}, {"email": READER, "component_ids": "x"},
     {"endpoint": "http://127.0.0.1/", "email": READER}],
)  # fmt: skip
async def test_what_nobody_can_be_reached_by_is_refused(
    manage: Manage, fields: dict[str, Any]
) -> None:
    assert (await follow(manage, 422, **fields))["error"]
    assert await manage.server.count("subscribers") == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"subscriber": 1}', b'{"subscriber": null}'])
async def test_what_is_no_subscriber_is_refused(manage: Manage, body: bytes) -> None:
    assert (await post(manage, 422, content=body))["error"]


async def test_tries_are_limited_together_with_those_of_the_form(manage: Manage) -> None:
    for number in range(3):
        await follow(manage, email=f"{number}@example.com")
        await manage.server.client.post("/subscribe", data={"email": f"{number}@example.org"})
    answer = await follow(manage, 429, email=READER)
    assert "this address may try again" in answer["error"]


async def test_whoever_has_the_secret_unsubscribes(manage: Manage, mailbox: Mailbox) -> None:
    await follow(manage, email=READER)
    secret = await confirmed(manage, mailbox)
    (subscriber,) = await manage.get("subscribers")

    async def delete(name: str, page: str = "") -> tuple[int, Any]:
        answer = await manage.server.client.delete(f"{page}/api/v2/subscribers/{name}.json")
        return answer.status_code, answer.json()

    assert (await delete(subscriber["id"]))[0] == 404
    assert (await delete(secret, "/pages/otherpage123"))[0] == 404
    assert len(await manage.get("subscribers")) == 1
    assert await delete(secret) == (200, True)
    assert await delete(secret) == (200, True)
    assert await manage.get("subscribers") == []


async def test_nobody_reads_who_follows(manage: Manage) -> None:
    assert (await manage.server.client.get(PATH)).status_code == 404
