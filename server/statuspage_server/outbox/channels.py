"""The ways out: which of them a delivery takes, and what it looks like there."""

from collections.abc import Callable
from dataclasses import dataclass

from statuspage_server.config.server import ServerConfig
from statuspage_server.core.chat import sending_address
from statuspage_server.core.delivery import DELIVERED, Outcome, Verdict
from statuspage_server.core.moments import Clock
from statuspage_server.outbox.chat import ChatSender
from statuspage_server.outbox.mail import mail_for
from statuspage_server.outbox.payload import payload_for
from statuspage_server.outbox.queue import Delivery
from statuspage_server.outbox.sender import WebhookSender
from statuspage_server.outbox.smtp import MailSender
from statuspage_server.outbox.text import farewell, plain, text_of


@dataclass(frozen=True, slots=True)
class Senders:
    webhook: WebhookSender
    mail: MailSender
    chat: ChatSender

    async def close(self) -> None:
        await self.webhook.close()
        await self.mail.close()


@dataclass(frozen=True, slots=True)
class Channels:
    senders: Senders
    settings: Callable[[], ServerConfig]
    public_url: Callable[[], str]
    clock: Clock

    async def deliver(self, delivery: Delivery) -> Outcome:
        if delivery.mode == "email" or "link" in delivery.payload:
            return await self._mail(delivery)
        if delivery.mode == "webhook":
            return await self._webhook(delivery)
        return await self._chat(delivery)

    async def _mail(self, delivery: Delivery) -> Outcome:
        config = self.settings().mail
        if config is None:
            # The operator took mail away: old news is not kept for when it comes back.
            return DELIVERED
        try:
            mail = mail_for(delivery, self.public_url(), config.sender, self.clock())
        except ValueError as error:
            return Outcome(Verdict.FAILED, f"the mail cannot be written ({type(error).__name__})")
        return await self.senders.mail.deliver(mail, config)

    async def _webhook(self, delivery: Delivery) -> Outcome:
        fault = await self.senders.webhook.deliver(
            delivery.endpoint or "",
            payload_for(delivery, self.public_url()),
            # An address in the operator's own file is the operator's own choice.
            allow_private=delivery.operator or self.settings().webhooks.allow_private_addresses,
        )
        return DELIVERED if fault is None else Outcome(Verdict.FAILED, fault)

    async def _chat(self, delivery: Delivery) -> Outcome:
        url = self.public_url()
        text = text_of(delivery, url)
        links = [f"{link.words}: {link.address}" for link in farewell(delivery, url)]
        body = "\n\n".join(part for part in (plain(text), "\n".join(links)) if part)
        address: str | None = delivery.endpoint or ""
        if not delivery.operator:
            address = sending_address(address or "", self.settings().webhooks.chat.services)
        if address is None:
            return Outcome(Verdict.FAILED, "its host is none that config.yml names any more")
        return await self.senders.chat.deliver(address, text.title, body)
