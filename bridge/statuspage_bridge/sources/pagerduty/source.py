"""One account of PagerDuty: its webhooks say that something changed, its API says what."""

from datetime import datetime

import httpx

from statuspage_bridge.sources.endpoint import Endpoint
from statuspage_bridge.sources.source import Reader, Told, Webhook

from .lists import pagerduty_headers
from .reading import PagerDutyReader
from .settings import PagerDutySettings
from .webhook import FIELDS_CHANGED, asking_events, check_signature, events_of


class PagerDuty:
    """One account."""

    def __init__(
        self, settings: PagerDutySettings, http: httpx.AsyncClient, default_status: str
    ) -> None:
        self.account = settings.account
        self._settings = settings
        self._asking = asking_events(settings)
        headers = pagerduty_headers(settings.key.get_secret_value())
        endpoint = Endpoint(settings.account, http, settings.api, headers)
        self._reader = PagerDutyReader(settings, endpoint, default_status)

    @property
    def reader(self) -> Reader:
        """It is always read."""
        return self._reader

    def authenticate(self, webhook: Webhook, now: datetime) -> None:  # noqa: ARG002 (others sign the time)
        """Refuse what none of the secrets signed, where there are any."""
        if self._settings.secrets:
            header = webhook.headers.get("x-pagerduty-signature")
            check_signature(webhook.body, header, self._settings.secrets)

    def receive(self, webhook: Webhook, now: datetime) -> Told:  # noqa: ARG002 (it says when)
        """Return whether something may have changed."""
        events = events_of(webhook.body)
        if FIELDS_CHANGED in events:
            self._reader.forget_fields()
        return Told(
            something_changed=not events.isdisjoint(self._asking),
            id=webhook.headers.get("x-webhook-id"),
        )
