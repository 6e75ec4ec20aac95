"""Telling a chat service, or whatever else Apprise knows an address form for."""

import asyncio
import logging
from collections.abc import Callable

from statuspage_server.core.delivery import DELIVERED, Outcome, Verdict

TIMEOUT_SECONDS = 20.0


type Notify = Callable[[str, str, str], bool]
"""Takes address, title and body, and returns whether the service took them."""


class ChatSender:
    def __init__(self, notify: Notify | None = None) -> None:
        self._notify = notify or notify_service

    async def deliver(self, address: str, title: str, body: str) -> Outcome:
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                sent = await asyncio.to_thread(self._notify, address, title, body)
        except TimeoutError:
            return Outcome(Verdict.FAILED, f"no answer within {TIMEOUT_SECONDS:.0f} seconds")
        return DELIVERED if sent else Outcome(Verdict.FAILED, "the service did not take it")


def notify_service(address: str, title: str, body: str) -> bool:
    # Its hundred services are a fifth of a second of every start, and few servers have one.
    import apprise  # noqa: PLC0415

    # Its lines may hold addresses, which are secrets; the outcome is logged by who asked.
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    service = apprise.Apprise()
    if not service.add(address):
        return False
    return bool(
        service.notify(
            body=body or title, title=title if body else "", body_format=apprise.NotifyFormat.TEXT
        )
    )


def is_understood(address: str) -> bool:
    import apprise  # noqa: PLC0415 - as above

    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    return bool(apprise.Apprise().add(address))
