"""One account of PagerDuty: its webhooks say that something changed, its API says what."""

from datetime import datetime

import httpx

from statuspage_bridge.sources.endpoint import Endpoint
from statuspage_bridge.sources.source import Reader, Told, Webhook

from .reading import PagerDutyReader, pagerduty_headers
from .settings import PagerDutySettings
from .webhook import asks_to_look, check_signature


class PagerDuty:
    """One account."""

    def __init__(
        self, settings: PagerDutySettings, http: httpx.AsyncClient, default_status: str
    ) -> None:
        self.account = settings.account
        self._settings = settings
        headers = pagerduty_headers(settings.key.get_secret_value())
        endpoint = Endpoint(settings.account, http, settings.api, headers)
        self.reader: Reader | None = PagerDutyReader(settings, endpoint, default_status)

    def authenticate(self, webhook: Webhook, now: datetime) -> None:  # noqa: ARG002 (others sign the time)
        """Refuse what none of the secrets signed, where there are any."""
        if self._settings.secrets:
            header = webhook.headers.get("x-pagerduty-signature")
            check_signature(webhook.body, header, self._settings.secrets)

    def receive(self, webhook: Webhook, now: datetime) -> Told:  # noqa: ARG002 (it says when)
        """Return whether something may have changed."""
        return Told(
            something_changed=asks_to_look(webhook.body), id=webhook.headers.get("x-webhook-id")
        )
