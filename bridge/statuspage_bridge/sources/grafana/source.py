"""One Grafana: the webhooks of a contact point, and what its Alertmanager lists."""

from datetime import datetime

import httpx

from statuspage_bridge.sources.alertmanager.alerts import Alerts
from statuspage_bridge.sources.alertmanager.reading import AlertsReader
from statuspage_bridge.sources.authentication import check_signature, check_token
from statuspage_bridge.sources.content import parsed
from statuspage_bridge.sources.endpoint import Endpoint
from statuspage_bridge.sources.source import Reader, Told, Webhook

from .settings import GrafanaSettings

# What Grafana calls alerts of rules that have no data, or whose query fails.
NO_DATA = frozenset({"DatasourceNoData", "DatasourceError"})


class Grafana:
    """One Grafana."""

    def __init__(
        self, settings: GrafanaSettings, http: httpx.AsyncClient, default_status: str
    ) -> None:
        self.account = settings.account
        self._settings = settings
        passed_over = frozenset() if settings.no_data_counts else NO_DATA
        self._alerts = Alerts(self.account, default_status, settings.components, passed_over)
        self.reader: Reader | None = None
        if settings.api is not None and settings.api_token is not None:
            key = settings.api_token.get_secret_value()
            endpoint = Endpoint(
                self.account,
                http,
                f"{settings.api}/api/alertmanager/grafana/api/v2",
                httpx.Headers({"Authorization": f"Bearer {key}"}),
            )
            self.reader = AlertsReader(endpoint, self._alerts, settings.receiver)

    def authenticate(self, webhook: Webhook, now: datetime) -> None:
        """Ask for everything that is set."""
        if self._settings.token is not None:
            check_token(webhook.headers, self._settings.token)
        if self._settings.signature is not None:
            check_signature(webhook, self._settings.signature, now)

    def receive(self, webhook: Webhook, now: datetime) -> Told:
        """Return the alerts that it sent."""
        return Told(alerts=self._alerts.sent(parsed(webhook.body), now))
