"""Where Ocean hands over a webhook: it goes into our queue, and nothing is returned."""

import asyncio
from collections.abc import Callable
from typing import ClassVar

from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.handlers.webhook.abstract_webhook_processor import AbstractWebhookProcessor
from port_ocean.core.handlers.webhook.webhook_event import (
    EventHeaders,
    EventPayload,
    WebhookEvent,
    WebhookEventRawResults,
)
from starlette.requests import Request

from kinds import ObjectKind

from .middleware import page_proven_by
from .notification import Notification, notification_of

type Put = Callable[[Notification], asyncio.Future[None]]


class WebhookProcessor(AbstractWebhookProcessor):
    """One for each webhook. Ocean asks it once for every kind of the mapping that may change."""

    put: ClassVar[Put]
    from_stream: ClassVar[bool]

    def __init__(self, event: WebhookEvent) -> None:
        super().__init__(event)
        self._notification = notification_of(event.payload)
        self._read: asyncio.Future[None] | None = None

    async def should_process_event(self, event: WebhookEvent) -> bool:
        return True

    async def get_matching_kinds(self, event: WebhookEvent) -> list[str]:
        return list(ObjectKind)

    async def authenticate(self, payload: EventPayload, headers: EventHeaders) -> bool:
        """Check that the webhook is about the page that its token was made for.

        Through Port's stream the address is not seen. There it holds an id that only Port and
        Statuspage know.
        """
        if self.from_stream or self._notification is None:
            return True
        request = self.event._original_request  # noqa: SLF001 (Ocean offers it under this name)
        return (
            isinstance(request, Request) and page_proven_by(request) == self._notification.page_id
        )

    async def validate_payload(self, payload: EventPayload) -> bool:
        """Let all pass: a notification of a sort that we do not know is no error."""
        return True

    async def handle_event(
        self, payload: EventPayload, resource: ResourceConfig
    ) -> WebhookEventRawResults:
        """Queue it once. Behind a stream, wait: Ocean takes the message off when we return."""
        if self._notification is not None and self._read is None:
            self._read = type(self).put(self._notification)
        if self._read is not None and self.from_stream:
            await self._read
        return WebhookEventRawResults([], [])
