"""One account of Pingdom: its webhooks, and its checks where they can be read."""

import itertools
from datetime import datetime

import httpx

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.errors import SourceUnread
from statuspage_bridge.sources.authentication import check_query
from statuspage_bridge.sources.content import parsed
from statuspage_bridge.sources.endpoint import Endpoint
from statuspage_bridge.sources.source import Reader, Told, Webhook

from .alerts import Alerts
from .settings import PingdomSettings

# The most that one answer holds.
CHECKS, TRANSACTION_CHECKS = 25_000, 1_000


class Pingdom:
    """One account."""

    def __init__(
        self, settings: PingdomSettings, http: httpx.AsyncClient, default_status: str
    ) -> None:
        self.account = settings.account
        self._secret = settings.secret
        self._alerts = Alerts(settings, default_status)
        self.reader: Reader | None = None
        if settings.api_token is not None:
            key = settings.api_token.get_secret_value()
            headers = httpx.Headers({"Authorization": f"Bearer {key}"})
            endpoint = Endpoint(self.account, http, settings.api, headers)
            self.reader = PingdomReader(
                endpoint, self._alerts, with_transactions=settings.transaction_checks
            )

    def authenticate(self, webhook: Webhook, now: datetime) -> None:  # noqa: ARG002 (others sign the time)
        """Refuse whoever has not the whole address."""
        check_query(webhook.query, self._secret)

    def receive(self, webhook: Webhook, now: datetime) -> Told:
        """Return the alerts that it sent."""
        return Told(alerts=self._alerts.sent(parsed(webhook.body), now))


class PingdomReader:
    """Reads all checks."""

    def __init__(self, endpoint: Endpoint, alerts: Alerts, *, with_transactions: bool) -> None:
        self._endpoint = endpoint
        self._alerts = alerts
        self._with_transactions = with_transactions

    @property
    def account(self) -> Account:
        """Whose checks these are."""
        return self._endpoint.account

    async def read(self, now: datetime) -> list[Alert]:
        """Return what is down."""
        found = await self._listed("/checks", CHECKS, now, include_tags="true")
        if self._with_transactions:
            found += await self._listed("/tms/check", TRANSACTION_CHECKS, now)
        return found

    async def _listed(self, path: str, most: int, now: datetime, **asked: str) -> list[Alert]:
        """Read a list to its end."""
        found: list[Alert] = []
        for offset in itertools.count(0, most):
            paging = {"limit": str(most), "offset": str(offset)}
            page = await self._endpoint.get(path, {**asked, **paging})
            checks = page.get("checks") if isinstance(page, dict) else None
            if not isinstance(checks, list):
                raise SourceUnread(f"{self.account} answered without checks.")
            found += self._alerts.listed(checks, now)
            if len(checks) < most:
                break
        return found
