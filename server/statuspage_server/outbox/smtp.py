"""Sending mail through the operator's mail server."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage

import aiosmtplib
from aiosmtplib import SMTP

from statuspage_server.config.server import MailConfig
from statuspage_server.core.delivery import DELIVERED, Outcome, Verdict

log = logging.getLogger("statuspage_server")

TIMEOUT_SECONDS = 20.0
# After the mail server was away it is left alone for so long; what is due waits.
AWAY_SECONDS = 15.0
# Mail servers hang up on those who say nothing for some minutes.
IDLE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class _Idle:
    connection: SMTP
    config: MailConfig
    since: float


@dataclass
class MailSender:
    """Keeps connections open between mails, one for each mail that is sent at the same time."""

    monotonic: Callable[[], float] = time.monotonic
    _idle: list[_Idle] = field(default_factory=list)
    _away_until: float = 0

    async def close(self) -> None:
        while self._idle:
            await _hang_up(self._idle.pop().connection)

    async def deliver(self, mail: EmailMessage, config: MailConfig) -> Outcome:
        if self.monotonic() < self._away_until:
            return Outcome(Verdict.POSTPONED, "the mail server is away")
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                return await self._deliver(mail, config)
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            self._away_until = self.monotonic() + AWAY_SECONDS
            log.warning("Mail waits, since the mail server does not take it: %s.", _words(error))
            return Outcome(Verdict.POSTPONED, "the mail server is away")

    async def _deliver(self, mail: EmailMessage, config: MailConfig) -> Outcome:
        connection = await self._connection(config)
        done = False
        try:
            await connection.send_message(mail)
            done = True
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPDataError) as error:
            outcome = _judge(error)
            if outcome is None:
                raise
            return outcome
        except ValueError as error:
            return Outcome(Verdict.FAILED, f"the mail cannot be written ({type(error).__name__})")
        finally:
            if done:
                self._idle.append(_Idle(connection, config, self.monotonic()))
            else:
                connection.close()
        return DELIVERED

    async def _connection(self, config: MailConfig) -> SMTP:
        while self._idle:
            idle = self._idle.pop()
            fresh = self.monotonic() - idle.since < IDLE_SECONDS
            if fresh and idle.config == config and idle.connection.is_connected:
                return idle.connection
            await _hang_up(idle.connection)
        connection = SMTP(
            hostname=config.host,
            port=config.port,
            username=config.username,
            password=config.password,
            timeout=TIMEOUT_SECONDS / 2,
            use_tls=config.security == "tls",
            start_tls=config.security == "starttls",
        )
        await connection.connect()
        return connection


async def _hang_up(connection: SMTP) -> None:
    try:
        await connection.quit()
    except (aiosmtplib.SMTPException, OSError):
        connection.close()


def _judge(error: aiosmtplib.SMTPException) -> Outcome | None:
    """Whether it is this mail's own fault; None where the next one would fare no better."""
    refusals = error.recipients if isinstance(error, aiosmtplib.SMTPRecipientsRefused) else [error]
    refusal = refusals[0]
    code, message = getattr(refusal, "code", 0), str(getattr(refusal, "message", ""))
    if isinstance(error, aiosmtplib.SMTPDataError):
        return Outcome(Verdict.FAILED, f"the mail was refused with {code}") if code >= 500 else None
    # Only 5.1.x says that there is no such mailbox; other refusals may be the server's settings.
    if code >= 500 and message.lstrip().startswith("5.1."):
        return Outcome(Verdict.REFUSED, f"the address was refused with {code}")
    return Outcome(Verdict.FAILED, f"the address was refused with {code}")


def _words(error: Exception) -> str:
    """Without the server's own words, which may repeat addresses."""
    code = getattr(error, "code", None)
    return f"{type(error).__name__}{f' {code}' if code else ''}"
