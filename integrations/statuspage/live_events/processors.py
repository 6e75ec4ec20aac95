"""Where Ocean hands over a webhook: whatever the sender, only a hint goes on from here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.handlers.webhook.abstract_webhook_processor import AbstractWebhookProcessor
from port_ocean.core.handlers.webhook.webhook_event import (
    EventHeaders,
    EventPayload,
    WebhookEvent,
    WebhookEventRawResults,
    WebhookRequestAdapter,
)
from starlette.requests import Request

from kinds import ObjectKind

from .desk import Desk
from .hints import Subject, hint_of
from .token import is_token

TOKEN = "token"  # noqa: S105 (the name of the parameter)


@dataclass(frozen=True, slots=True)
class Reception:
    """What the processors of this process share."""

    desk: Callable[[], Desk]
    secret: str | None
    from_stream: bool = False


class _Processor(AbstractWebhookProcessor):
    """Notes the hint. The desk reads the object and publishes it, so nothing is returned here."""

    reception: ClassVar[Reception]
    subject: ClassVar[Subject]
    kinds: ClassVar[list[ObjectKind]]

    async def should_process_event(self, event: WebhookEvent) -> bool:
        """Tell whether it is about a page of ours; any JSON may come."""
        hint = hint_of(event.payload)
        return (
            hint is not None
            and hint.subject is self.subject
            and self.reception.desk().roster.serves(hint.page_id)
        )

    async def get_matching_kinds(self, event: WebhookEvent) -> list[str]:
        """Return what may change with the object."""
        return list(self.kinds)

    async def authenticate(self, payload: EventPayload, headers: EventHeaders) -> bool:
        """Check the token of our own endpoint, wherever the request's address can be seen.

        Through Port's stream it cannot. There the address holds an id that only Port and
        Statuspage know.
        """
        if self.reception.secret is None:
            return True
        request = self.event._original_request  # noqa: SLF001 (Ocean offers it under this name)
        if isinstance(request, WebhookRequestAdapter):
            return self.reception.from_stream
        hint = hint_of(payload)
        return (
            isinstance(request, Request)
            and hint is not None
            and is_token(self.reception.secret, hint.page_id, token_in(request))
        )

    async def validate_payload(self, payload: EventPayload) -> bool:
        """Tell whether there is an id to look at."""
        return hint_of(payload) is not None

    async def handle_event(
        self, payload: EventPayload, resource: ResourceConfig
    ) -> WebhookEventRawResults:
        """Note the hint. Behind a stream, wait: it takes the message off when we return."""
        hint = hint_of(payload)
        if hint is not None:
            dealt_with = self.reception.desk().note(hint)
            if self.reception.from_stream:
                await dealt_with
        return WebhookEventRawResults([], [])


class IncidentProcessor(_Processor):
    """Incidents and maintenances: created, updated, resolved."""

    subject = Subject.INCIDENT
    kinds: ClassVar = list(ObjectKind)


class ComponentProcessor(_Processor):
    """Components whose status changed."""

    subject = Subject.COMPONENT
    kinds: ClassVar = [ObjectKind.COMPONENT, ObjectKind.COMPONENT_GROUP, ObjectKind.PAGE]


def token_in(request: Request) -> str:
    """Return the token that a request's address carries."""
    return request.query_params.get(TOKEN, "")


def from_stream() -> bool:
    """Tell whether events come through Port's Redis stream, and not to our own address."""
    return ocean.config.live_events.is_redis_stream_consumer_enabled
