"""Kill -9 in the middle of writes and of deliveries: nothing that was answered is lost."""

import json
import os
import random
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from statuspage_server.core.delivery import POSTPONED_FOR
from statuspage_server.core.moments import SECOND
from tests.databases import make_key
from tests.mailbox import Mailbox, running_mailbox
from tests.process.program import PATIENCE, Program, eventually

CONFIG = """
statuspage: {token: t, groups: {A: [{name: a, id: a}]}}
server: {rate_limit: 0, webhooks: {allow_private_addresses: true}}
"""
# Whoever has the time may ask for more of them.
KILLS = int(os.environ.get("STATUSPAGE_TEST_KILLS", "2"))


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


@pytest.fixture
def client(url: URL) -> Iterator[httpx.Client]:
    with httpx.Client(
        headers={"Authorization": make_key(url)}, trust_env=False, timeout=10
    ) as client:
        yield client


def address(program: Program, client: httpx.Client, path: str) -> str:
    base = f"http://127.0.0.1:{program.port}/v1/pages"
    page = client.get(base).json()[0]["id"]
    return f"{base}/{page}/{path}"


class Writers:
    """Several clients that write until the server dies, and remember what was acknowledged."""

    def __init__(self, client: httpx.Client, incidents: str, marker: str) -> None:
        self.acknowledged: list[str] = []
        self._client = client
        self._incidents = incidents
        self._threads = [
            threading.Thread(target=self._write, args=(f"{marker}-{n}",)) for n in range(4)
        ]
        for thread in self._threads:
            thread.start()

    def _write(self, marker: str) -> None:
        number = 0
        while True:
            name = f"{marker}-{number}"
            try:
                body = {"incident": {"name": name, "body": "x"}}
                answer = self._client.post(self._incidents, json=body)
            except httpx.HTTPError:
                return
            assert answer.status_code == 201
            self.acknowledged.append(name)
            number += 1

    def wait_for(self, writes: int) -> None:
        eventually(lambda: len(self.acknowledged) >= writes, f"{writes} writes")

    def wait(self) -> None:
        for thread in self._threads:
            thread.join()


def all_names(client: httpx.Client, incidents: str) -> set[str]:
    names: set[str] = set()
    page = 1
    while True:
        found = client.get(incidents, params={"limit": 100, "page": page}).json()
        names.update(incident["name"] for incident in found)
        if len(found) < 100:
            return names
        page += 1


def test_no_acknowledged_write_is_lost(config: Path, url: URL, client: httpx.Client) -> None:
    acknowledged: set[str] = set()
    with Program(config, url) as program:
        for kill in range(KILLS):
            incidents = address(program, client, "incidents")
            writers = Writers(client, incidents, f"kill{kill}")
            writers.wait_for(random.randint(20, 60))
            program.kill()
            writers.wait()
            acknowledged.update(writers.acknowledged)
            program.start()
            found = all_names(client, address(program, client, "incidents"))
            assert acknowledged <= found
            # And what is there is whole: an incident has its first update.
            newest = client.get(address(program, client, "incidents")).json()
            assert all(len(incident["incident_updates"]) == 1 for incident in newest)


class Receiver:
    """A webhook endpoint on a free port, slow enough to be interrupted."""

    def __init__(self) -> None:
        self.payloads: list[Any] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                receiver.payloads.append(json.loads(self.rfile.read(length)))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def bodies(self) -> list[str]:
        """The newest update of each notification, in the order of their first arrival."""
        newest = (payload["incident"]["incident_updates"][0]["body"] for payload in self.payloads)
        return list(dict.fromkeys(newest))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def test_every_notification_arrives_in_order_across_kills(
    config: Path, url: URL, client: httpx.Client, receiver: Receiver
) -> None:
    expected: list[str] = []
    with Program(config, url) as program:
        body = {"subscriber": {"endpoint": receiver.url}}
        client.post(address(program, client, "subscribers"), json=body).raise_for_status()
        incidents = address(program, client, "incidents")
        made = client.post(incidents, json={"incident": {"name": "x", "body": "first"}}).json()
        expected.append("first")
        for kill in range(KILLS):
            for number in range(10):
                text = f"kill {kill}, update {number}"
                one = address(program, client, f"incidents/{made['id']}")
                client.patch(one, json={"incident": {"body": text}}).raise_for_status()
                expected.append(text)
            program.kill()
            release_holds(url)
            program.start()
        eventually(lambda: receiver.bodies() == expected, "every notification, in order")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as mailbox:
        yield mailbox


def test_every_mail_arrives_in_order_across_kills_beside_webhooks(
    config: Path, url: URL, client: httpx.Client, receiver: Receiver, mailbox: Mailbox
) -> None:
    config.write_text(
        "statuspage: {token: t}\n"
        "server: {rate_limit: 0, webhooks: {allow_private_addresses: true}, "
        f"{mailbox.settings}}}",
        encoding="utf-8",
    )
    readers = [f"reader{number}@example.com" for number in range(4)]
    expected: list[str] = []
    with Program(config, url) as program:
        for said in ({"endpoint": receiver.url}, *({"email": reader} for reader in readers)):
            body = {"subscriber": {**said, "skip_confirmation_notification": True}}
            client.post(address(program, client, "subscribers"), json=body).raise_for_status()
        body = {"incident": {"name": "x", "body": "first", "deliver_notifications": False}}
        incident = client.post(address(program, client, "incidents"), json=body).json()["id"]
        for kill in range(KILLS):
            one = address(program, client, f"incidents/{incident}")
            arrived = len(mailbox.mails)
            for number in range(3):
                text = f"kill {kill} update {number}"
                client.patch(one, json={"incident": {"body": text}}).raise_for_status()
                expected.append(text)
            # Somewhere between the first delivery's end and the last one's.
            eventually(partial(more_than, arrived, mailbox), "a mail")
            time.sleep(random.uniform(0, 0.1))
            program.kill()
            release_holds(url)
            program.start()
            if kill == KILLS - 1 or kill % 5 == 4:
                everything = partial(all_arrived, expected, mailbox, readers, receiver)
                # On a busy machine the mail server may not answer in time, and is left alone then.
                seconds = PATIENCE + POSTPONED_FOR / SECOND
                eventually(everything, "every mail and webhook", seconds)


def more_than(arrived: int, mailbox: Mailbox) -> bool:
    return len(mailbox.mails) > arrived


def all_arrived(
    expected: list[str], mailbox: Mailbox, readers: list[str], receiver: Receiver
) -> bool:
    return receiver.bodies() == expected and all(
        mailed(mailbox, reader) == expected for reader in readers
    )


def mailed(mailbox: Mailbox, reader: str) -> list[str]:
    """What one reader sees: a mail that came twice has the same id, and shows once."""
    seen = {
        str(mail["Message-ID"]): mailbox.text(number).partition("\n")[0]
        for number, mail in enumerate(mailbox.mails)
        if mail["To"] == reader
    }
    return list(seen.values())


def release_holds(url: URL) -> None:
    """On PostgreSQL a dead instance's hold lasts a minute, since others may be alive."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE subscribers SET held_until = NULL"))
    engine.dispose()
