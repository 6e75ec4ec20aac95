"""Reads the open alerts of an account, all of them or none."""

import logging
from datetime import datetime

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.errors import SourceUnread
from statuspage_bridge.sources.content import Raw, mapping, rows, text
from statuspage_bridge.sources.endpoint import Endpoint

from .alerts import Alerts

log = logging.getLogger(__name__)

OPEN = "status:open"
PAGE_SIZE = 100
# Opsgenie answers no question beyond it: https://docs.opsgenie.com/docs/alert-api
MOST = 20_000
TRIES = 3


class OpsgenieReader:
    """Reads one account."""

    def __init__(self, endpoint: Endpoint, alerts: Alerts) -> None:
        self._endpoint = endpoint
        self._alerts = alerts

    @property
    def account(self) -> Account:
        """Whose alerts these are."""
        return self._endpoint.account

    async def read(self, now: datetime) -> list[Alert]:
        """Return what is open; where that changed meanwhile, one may have slipped through."""
        for _ in range(TRIES):
            found = await self._listed()
            if len(found) < PAGE_SIZE or await self._count() == len(found):
                return self._alerts.listed(list(found.values()), now)
            log.info("The alerts of %s changed while they were read.", self.account)
        raise SourceUnread(f"The alerts of {self.account} change faster than they can be read.")

    async def _listed(self) -> dict[str, Raw]:
        found: dict[str, Raw] = {}
        for offset in range(0, MOST, PAGE_SIZE):
            asked = {
                "query": OPEN,
                "sort": "createdAt",
                "order": "asc",
                "limit": str(PAGE_SIZE),
                "offset": str(offset),
            }
            listed = mapping(await self._endpoint.get("/v2/alerts", asked)).get("data")
            if not isinstance(listed, list):
                raise SourceUnread(f"{self.account} answered without alerts.")
            found |= {text(row.get("id")): row for row in rows(listed)}
            if len(listed) < PAGE_SIZE:
                return found
        raise SourceUnread(f"{self.account} has more than {MOST} open alerts.")

    async def _count(self) -> object:
        answer = mapping(await self._endpoint.get("/v2/alerts/count", {"query": OPEN}))
        return mapping(answer.get("data")).get("count")
