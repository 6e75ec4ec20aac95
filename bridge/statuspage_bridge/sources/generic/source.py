"""One source of another kind: it can only push."""

from datetime import datetime

from statuspage_bridge.sources.authentication import check_signature, check_token
from statuspage_bridge.sources.content import parsed
from statuspage_bridge.sources.source import Reader, Told, Webhook

from .alerts import Alerts
from .settings import GenericSettings


class Generic:
    """One source."""

    def __init__(self, settings: GenericSettings, default_status: str) -> None:
        self.account = settings.account
        self._settings = settings
        self._alerts = Alerts(settings, default_status)
        self.reader: Reader | None = None

    def authenticate(self, webhook: Webhook, now: datetime) -> None:
        """Ask for everything that is set."""
        if self._settings.token is not None:
            check_token(webhook.headers, self._settings.token)
        if self._settings.signature is not None:
            check_signature(webhook, self._settings.signature, now)

    def receive(self, webhook: Webhook, now: datetime) -> Told:
        """Return the alerts that it sent."""
        return Told(alerts=self._alerts.sent(parsed(webhook.body), now))
