"""A real mail server on a free loopback port, and what it took."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Mailbox:
    mails: list[EmailMessage] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)
    signed_in: list[bool] = field(default_factory=list)
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
        self.signed_in.append(bool(session.authenticated))
        return "250 OK"

    def text(self, number: int = -1) -> str:
        return self.texts[number]

    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.mails]

    @property
    def settings(self) -> str:
        """Below `server:` in a config file."""
        return self.settings_with("security: none")

    def settings_with(self, more: str) -> str:
        return (
            f"mail: {{host: 127.0.0.1, port: {self.port}, {more}, "
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


class _TlsController(_Controller):
    """Encrypted from the first byte, as on port 465. The library's own first client would use the
    server's certificate; this one asks for none."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        anyone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
        with (
            socket.create_connection(("127.0.0.1", self.port), 5) as plain,
            anyone.wrap_socket(plain) as encrypted,
        ):
            encrypted.recv(1024)


USER, PASSWORD = "status", "correct horse"


def _is_known(_: SMTP, __: Session, ___: Envelope, mechanism: str, data: object) -> AuthResult:
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=known, handled=False)


@contextmanager
def running_mailbox(
    port: int = 0, *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Mailbox]:
    """With a certificate it speaks over that alone, and lets people sign in."""
    mailbox = Mailbox()
    loop = asyncio.new_event_loop()
    guarded: dict[str, Any] = {}
    if starttls or tls:
        guarded = {
            "authenticator": _is_known,
            "auth_require_tls": starttls is not None,
            "require_starttls": starttls is not None,
            "tls_context": starttls,
        }
    kind = _TlsController if tls else _Controller
    controller = kind(
        mailbox, hostname="127.0.0.1", port=port, loop=loop, ssl_context=tls, **guarded
    )
    controller.start()
    try:
        mailbox.port = controller.port
        yield mailbox
    finally:
        controller.stop()
