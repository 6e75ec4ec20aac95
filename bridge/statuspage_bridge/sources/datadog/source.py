"""One organization of Datadog: its webhooks, and its monitors where they can be read."""

from datetime import datetime
from typing import Any

import httpx

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.errors import SourceUnread
from statuspage_bridge.sources.authentication import check_token
from statuspage_bridge.sources.content import parsed
from statuspage_bridge.sources.endpoint import Endpoint
from statuspage_bridge.sources.source import Reader, Told, Webhook

from .alerts import Alerts
from .settings import DatadogSettings

PAGE_SIZE = 1000


class Datadog:
    """One organization."""

    def __init__(
        self, settings: DatadogSettings, http: httpx.AsyncClient, default_status: str
    ) -> None:
        self.account = settings.account
        self._token = settings.token
        self._alerts = Alerts(settings, default_status)
        self.reader: Reader | None = None
        if settings.api_key is not None and settings.application_key is not None:
            headers = httpx.Headers(
                {
                    "DD-API-KEY": settings.api_key.get_secret_value(),
                    "DD-APPLICATION-KEY": settings.application_key.get_secret_value(),
                }
            )
            endpoint = Endpoint(self.account, http, settings.api, headers)
            self.reader = DatadogReader(endpoint, self._alerts)

    def authenticate(self, webhook: Webhook, now: datetime) -> None:  # noqa: ARG002 (others sign the time)
        """Refuse whoever has not the token."""
        check_token(webhook.headers, self._token)

    def receive(self, webhook: Webhook, now: datetime) -> Told:
        """Return the alerts that it sent."""
        return Told(alerts=self._alerts.sent(parsed(webhook.body), now))


class DatadogReader:
    """Reads all monitors, each with its groups."""

    def __init__(self, endpoint: Endpoint, alerts: Alerts) -> None:
        self._endpoint = endpoint
        self._alerts = alerts

    @property
    def account(self) -> Account:
        """Whose monitors these are."""
        return self._endpoint.account

    async def read(self, now: datetime) -> list[Alert]:
        """Return what is in alert."""
        monitors: list[Any] = []
        page = 0
        while len(monitors) == page * PAGE_SIZE:
            asked = {
                "group_states": "alert,warn,no data",
                "with_downtimes": "true",
                "page": str(page),
                "page_size": str(PAGE_SIZE),
            }
            listed = await self._endpoint.get("/api/v1/monitor", asked)
            if not isinstance(listed, list):
                raise SourceUnread(f"{self.account} answered without monitors.")
            monitors += listed
            page += 1
        return self._alerts.listed(monitors, now)
