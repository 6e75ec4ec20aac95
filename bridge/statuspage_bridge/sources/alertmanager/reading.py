"""Reads what fires now: a message that something is over can be lost for good."""

import re
from datetime import datetime

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.errors import SourceUnread
from statuspage_bridge.sources.endpoint import Endpoint

from .alerts import Alerts


class AlertsReader:
    """Reads one Alertmanager."""

    def __init__(self, endpoint: Endpoint, alerts: Alerts, receiver: str | None) -> None:
        self._endpoint = endpoint
        self._alerts = alerts
        self._asked = {"active": "true", "silenced": "false", "inhibited": "false"}
        if receiver is not None:
            self._asked["receiver"] = re.escape(receiver)

    @property
    def account(self) -> Account:
        """Whose alerts these are."""
        return self._endpoint.account

    async def read(self, now: datetime) -> list[Alert]:
        """Return what fires. What is silenced there is not public either."""
        groups = await self._endpoint.get("/alerts/groups", self._asked)
        if not isinstance(groups, list):
            raise SourceUnread(f"{self.account} answered without alerts.")
        return self._alerts.listed(groups, now)
