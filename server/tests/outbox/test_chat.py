"""Chat services: by the webhook addresses that they give out, and what an operator's file names."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from statuspage_server.core.chat import (
    chat_address,
    chat_service,
    own_services,
    sending_address,
)
from statuspage_server.core.delivery import Verdict
from statuspage_server.errors import Unprocessable
from statuspage_server.outbox.chat import ChatSender, is_understood
from tests.manage import Manage

SIGNATURE = "sig=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
FLOW = f"workflows/{'0' * 32}/triggers/manual/paths/invoke?api-version=1&sp=%2Fx&sv=1.0&{SIGNATURE}"
ADDRESSES = {
    "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ": "slack",
    f"https://prod-99.westus.logic.azure.com:443/{FLOW}": "teams",
    f"https://a1.b2.environment.api.powerplatform.com/powerautomate/automations/direct/{FLOW}": (
        "teams"
    ),
    "https://discord.com/api/webhooks/123456789012345678/abcDEFghiJKLmnopqrstuvwxyz0123456789": (
        "integration_partner"
    ),
    "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=abc&token=def": "integration_partner",
    f"https://webexapis.com/v1/webhooks/incoming/{'a' * 80}": "integration_partner",
}


class TestAddresses:
    @pytest.mark.parametrize(("address", "mode"), ADDRESSES.items())
    def test_each_service_is_known_and_can_be_sent_to(self, address: str, mode: str) -> None:
        service = chat_service(address)
        assert service is not None
        assert service.mode == mode
        assert is_understood(chat_address(address, service))

    @pytest.mark.parametrize(
        "address",
        ["https://example.com/services/a", "https://hooks.slack.com.example.com/services/a",
         "https://logic.azure.com.example.com/", "https://[", "https://evil-discord.com/api"],
    )  # fmt: skip
    def test_other_hosts_are_no_service(self, address: str) -> None:
        assert chat_service(address) is None

    @pytest.mark.parametrize(
        "address",
        ["http://discord.com/api/webhooks/1/a", "https://discord.com/login",
         "https://me@discord.com/api/webhooks/1/a", "https://discord.com:8443/api/webhooks/1/a",
         "https://discord.com:x/api/webhooks/1/a"],
    )  # fmt: skip
    def test_what_is_no_webhook_of_the_service_is_refused(self, address: str) -> None:
        service = chat_service(address)
        assert service is not None
        with pytest.raises(Unprocessable, match="this chat service"):
            chat_address(address, service)

    def test_a_query_cannot_tell_the_sender_how_to_send(self) -> None:
        address = "https://chat.googleapis.com/v1/spaces/A/messages?key=k&verify=no&token=t&rto=900"
        service = chat_service(address)
        assert service is not None
        assert chat_address(address, service).endswith("/messages?key=k&token=t")


TOKEN = "a" * 26
OWN = own_services(["https://chat.example.com"], ["http://rocket.internal:3000"])


class TestOwnHosts:
    """What the operator names in config.yml, and nothing beside it."""

    @pytest.mark.parametrize(
        ("address", "sent_to"),
        [
            (f"https://chat.example.com/hooks/{TOKEN}", f"mmosts://chat.example.com/{TOKEN}"),
            (f"https://chat.example.com:443/hooks/{TOKEN}", f"mmosts://chat.example.com/{TOKEN}"),
            (
                f"http://rocket.internal:3000/hooks/{TOKEN}/{TOKEN}",
                f"rocket://{TOKEN}/{TOKEN}@rocket.internal:3000?mode=webhook",
            ),
        ],
    )
    def test_an_address_is_sent_to_in_its_services_form(self, address: str, sent_to: str) -> None:
        service = chat_service(address, OWN)
        assert service is not None
        assert sending_address(chat_address(address, service), OWN) == sent_to
        assert is_understood(sent_to)

    @pytest.mark.parametrize(
        "address",
        [
            f"http://chat.example.com/hooks/{TOKEN}",
            f"https://chat.example.com:8443/hooks/{TOKEN}",
            f"https://chat.example.com.example.org/hooks/{TOKEN}",
            f"https://me@chat.example.com/hooks/{TOKEN}",
            f"https://chat.example.com@example.org/hooks/{TOKEN}",
            f"https://rocket.internal:3000/hooks/{TOKEN}/{TOKEN}",
        ],
    )
    def test_another_scheme_port_or_host_is_no_service(self, address: str) -> None:
        assert chat_service(address, OWN) is None
        assert sending_address(address, OWN) is None

    @pytest.mark.parametrize(
        "rest",
        ["", "/", "/hooks/", f"/hooks/{TOKEN}/../../api", f"/hooks/{TOKEN}?to=x", "/api/v4/users",
         f"/hooks/{TOKEN}#x", f"/hooks/{TOKEN}%2f"],
    )  # fmt: skip
    def test_only_webhooks_are_taken(self, rest: str) -> None:
        address = f"https://chat.example.com{rest}"
        service = chat_service(address, OWN)
        assert service is not None
        with pytest.raises(Unprocessable, match="not a webhook address"):
            chat_address(address, service)


class Channel:
    """Mattermost's end of a webhook: a real one, on a free loopback port."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.answer = 200
        channel = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if channel.answer == 200:
                    channel.messages.append(json.loads(body))
                self.send_response(channel.answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.address = f"mmost://127.0.0.1:{self._server.server_port}/{TOKEN}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def channel() -> Iterator[Channel]:
    channel = Channel()
    yield channel
    channel.close()


class TestSending:
    async def test_a_message_arrives(self, channel: Channel) -> None:
        outcome = await ChatSender().deliver(channel.address, "A <title>", "A body & more")
        assert outcome.verdict is Verdict.DELIVERED
        (message,) = channel.messages
        assert "A <title>" in message["text"]
        assert "A body & more" in message["text"]

    async def test_what_the_service_refuses_is_a_failure(self, channel: Channel) -> None:
        channel.answer = 500
        outcome = await ChatSender().deliver(channel.address, "A title", "A body")
        assert outcome.verdict is Verdict.FAILED

    async def test_an_address_that_nothing_understands_is_a_failure(self) -> None:
        assert (await ChatSender().deliver("nonsense://", "x", "y")).verdict is Verdict.FAILED


class TestSubscribers:
    async def test_a_channel_is_greeted_and_told_of_incidents(
        self, manage: Manage, channel: Channel
    ) -> None:
        address = next(iter(ADDRESSES))
        made = await manage.post("subscribers", {"subscriber": {"endpoint": address}})
        assert (made["mode"], made["endpoint"]) == ("slack", address)
        manage.server.receiver.channels[address] = channel.address
        one = await manage.component("One")
        await manage.patch(f"components/{one}", {"component": {"status": "major_outage"}})
        await manage.incident("Trouble", body="We look into it.")
        await manage.server.runtime.outbox.deliver_due()
        greeting, news = (message["text"] for message in channel.messages)
        assert "updates arrive here from now on" in greeting
        assert "Investigating: Trouble" in news
        assert "We look into it." in news
        assert "/unsubscribe" in news

    async def test_a_channel_at_a_host_of_the_operators_is_told(
        self, manage: Manage, channel: Channel
    ) -> None:
        address = f"{channel.origin}/hooks/{TOKEN}"
        body = {"subscriber": {"endpoint": address}}
        await manage.post("subscribers", body, 422)
        usual = "statuspage: {token: abcdefgh}\nserver: {rate_limit: 0"
        await manage.server.configure(
            f"{usual}, webhooks: {{chat: {{mattermost: ['{channel.origin}']}}}}}}"
        )
        answer = await manage.server.client.post("/subscribe", data={"endpoint": address})
        assert answer.status_code == 200
        await manage.incident("Trouble")
        await manage.server.runtime.outbox.deliver_due()
        assert len(channel.messages) == 2
        await manage.server.configure(f"{usual}}}")
        await manage.incident("More trouble")
        await manage.server.runtime.outbox.deliver_due()
        assert len(channel.messages) == 2
