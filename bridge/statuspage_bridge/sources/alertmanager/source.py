"""One Alertmanager: its webhooks, and what it lists where its API can be read."""

from datetime import datetime

import httpx

from statuspage_bridge.sources.authentication import check_token
from statuspage_bridge.sources.content import parsed
from statuspage_bridge.sources.endpoint import Endpoint
from statuspage_bridge.sources.source import Reader, Told, Webhook

from .alerts import Alerts
from .reading import AlertsReader
from .settings import AlertmanagerSettings


class Alertmanager:
    """One Alertmanager."""

    def __init__(
        self, settings: AlertmanagerSettings, http: httpx.AsyncClient, default_status: str
    ) -> None:
        self.account = settings.account
        self._token = settings.token
        self._alerts = Alerts(settings.account, default_status, settings.components)
        self.reader: Reader | None = None
        if settings.api is not None:
            endpoint = Endpoint(settings.account, http, f"{settings.api}/api/v2", httpx.Headers())
            self.reader = AlertsReader(endpoint, self._alerts, settings.receiver)

    def authenticate(self, webhook: Webhook, now: datetime) -> None:  # noqa: ARG002 (others sign the time)
        """Refuse whoever has not the token."""
        check_token(webhook.headers, self._token)

    def receive(self, webhook: Webhook, now: datetime) -> Told:
        """Return the alerts that it sent."""
        return Told(alerts=self._alerts.sent(parsed(webhook.body), now))
