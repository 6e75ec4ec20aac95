"""A real mail server on a free loopback port, and what it took."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    mails: list[EmailMessage] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)
    refuse_recipient: str | None = None
    refuse_data: str | None = None
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - as the library calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_recipient is not None:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as the library calls it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.refuse_data is not None:
            return self.refuse_data
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.texts.append(_text(mail))
        self.mails.append(mail)
        self.recipients.extend(envelope.rcpt_tos)
        self.sessions.add(id(session))
        return "250 OK"

    def text(self, number: int = -1) -> str:
        return self.texts[number]

    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.mails]

    @property
    def settings(self) -> str:
        """Below `server:` in a config file."""
        return (
            f"mail: {{host: 127.0.0.1, port: {self.port}, security: none, "
            "sender: Status <status@example.com>}, public_url: https://status.example.com"
        )


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


class _Controller(Controller):
    """On a port that the system chooses: its own first client has to be told which."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def running_mailbox(port: int = 0) -> Iterator[Mailbox]:
    mailbox = Mailbox()
    loop = asyncio.new_event_loop()
    controller = _Controller(mailbox, hostname="127.0.0.1", port=port, loop=loop)
    controller.start()
    try:
        mailbox.port = controller.port
        yield mailbox
    finally:
        controller.stop()
