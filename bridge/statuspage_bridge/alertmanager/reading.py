"""Reads what fires now: a message that something is over can be lost for good."""

from dataclasses import dataclass
from datetime import datetime

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.endpoint import Endpoint
from statuspage_bridge.errors import SourceUnread

from .alerts import listed


@dataclass(frozen=True, slots=True)
class Alertmanager:
    """One Alertmanager whose API can be asked. What is silenced there is not public either."""

    account: Account
    endpoint: Endpoint
    default_status: str

    async def read(self, now: datetime) -> list[Alert]:
        """Return what fires."""
        asked = {"active": "true", "silenced": "false", "inhibited": "false"}
        rows = await self.endpoint.get("/api/v2/alerts", asked)
        if not isinstance(rows, list):
            raise SourceUnread(f"{self.account} answered without alerts.")
        return listed(self.account, rows, self.default_status, now)
