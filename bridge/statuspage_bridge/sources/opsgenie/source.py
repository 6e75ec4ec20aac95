"""One account of Opsgenie: its webhooks, and its open alerts where they can be read."""

from datetime import datetime

import httpx

from statuspage_bridge.sources.authentication import check_token
from statuspage_bridge.sources.content import parsed
from statuspage_bridge.sources.endpoint import Endpoint
from statuspage_bridge.sources.source import Reader, Told, Webhook

from .alerts import Alerts
from .reading import OpsgenieReader
from .settings import OpsgenieSettings


class Opsgenie:
    """One account."""

    def __init__(
        self, settings: OpsgenieSettings, http: httpx.AsyncClient, default_status: str
    ) -> None:
        self.account = settings.account
        self._token = settings.token
        self._alerts = Alerts(settings, default_status)
        self.reader: Reader | None = None
        if settings.api_key is not None:
            key = settings.api_key.get_secret_value()
            headers = httpx.Headers({"Authorization": f"GenieKey {key}"})
            endpoint = Endpoint(self.account, http, settings.api, headers)
            self.reader = OpsgenieReader(endpoint, self._alerts)

    def authenticate(self, webhook: Webhook, now: datetime) -> None:  # noqa: ARG002 (others sign the time)
        """Refuse whoever has not the token."""
        check_token(webhook.headers, self._token)

    def receive(self, webhook: Webhook, now: datetime) -> Told:
        """Return the alerts that it sent."""
        return Told(alerts=self._alerts.sent(parsed(webhook.body), now))
