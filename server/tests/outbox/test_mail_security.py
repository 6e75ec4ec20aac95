"""Mail to a real server that wants encryption and a password, with a certificate made now."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from tests.mailbox import PASSWORD, USER, Mailbox, running_mailbox
from tests.manage import Manage

READER = "reader@example.com"


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that this machine trusts, as an operator makes it trust one."""
    authority = trustme.CA()
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return authority


def certificate(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@contextmanager
def running(security: str, context: ssl.SSLContext) -> Iterator[Mailbox]:
    with running_mailbox(
        starttls=context if security == "starttls" else None,
        tls=context if security == "tls" else None,
    ) as mailbox:
        yield mailbox


async def send_one(
    manage: Manage, mailbox: Mailbox, security: str, password: str = PASSWORD
) -> None:
    said = f"security: {security}, username: {USER}, password: {password}"
    await manage.server.configure(
        "statuspage: {title: Shop status, token: abcdefgh}\n"
        f"server: {{rate_limit: 0, {mailbox.settings_with(said)}}}"
    )
    body = {"email": READER, "skip_confirmation_notification": True}
    await manage.post("subscribers", {"subscriber": body})
    await manage.incident("Orders fail")
    outbox = manage.server.runtime.outbox
    await outbox.deliver_due()
    # A connection that is kept for the next mail would hold the mail server back from stopping.
    await outbox.channels.senders.close()


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_mail_arrives_encrypted_and_signed_in(
    security: str, manage: Manage, trusted: trustme.CA
) -> None:
    with running(security, certificate(trusted)) as mailbox:
        await send_one(manage, mailbox, security)
        assert mailbox.subjects() == ["[Shop status] Investigating: Orders fail"]
        assert mailbox.recipients == [READER]
        assert mailbox.signed_in == [True]


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_wrong_password_sends_nothing_and_the_mail_waits(
    security: str, manage: Manage, trusted: trustme.CA, caplog: pytest.LogCaptureFixture
) -> None:
    with running(security, certificate(trusted)) as mailbox:
        await send_one(manage, mailbox, security, "wrong")
        assert mailbox.mails == []
        assert await manage.server.count("outbox") == 1
        assert "SMTPAuthenticationError 535" in caplog.text
        assert "wrong" not in caplog.text


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("name", ["mail.example.com", "127.0.0.1"])
async def test_a_server_that_proves_itself_badly_gets_no_password(
    security: str, name: str, manage: Manage, trusted: trustme.CA
) -> None:
    """A certificate for another name, and one by an authority that nobody knows."""
    authority = trustme.CA() if name == "127.0.0.1" else trusted
    with running(security, certificate(authority, name)) as mailbox:
        await send_one(manage, mailbox, security)
        assert mailbox.mails == []
        assert await manage.server.count("outbox") == 1


async def test_a_server_without_encryption_gets_nothing_where_it_is_wanted(manage: Manage) -> None:
    with running_mailbox() as mailbox:
        await send_one(manage, mailbox, "starttls")
        assert mailbox.mails == []
        assert await manage.server.count("outbox") == 1
