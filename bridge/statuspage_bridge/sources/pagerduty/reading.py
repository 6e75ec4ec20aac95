"""Reads the open incidents of an account, all of them or none."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

import httpx

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.moments import moment
from statuspage_bridge.errors import SourceUnread
from statuspage_bridge.sources.content import Raw, rows
from statuspage_bridge.sources.endpoint import Endpoint

from .components import components, needs_alerts
from .settings import PagerDutySettings

log = logging.getLogger(__name__)

PAGE_SIZE = 100
# PagerDuty answers no question beyond it: https://developer.pagerduty.com/docs
MOST = 10_000
TRIES = 3


class PagerDutyReader:
    """Reads one account."""

    def __init__(
        self, settings: PagerDutySettings, endpoint: Endpoint, default_status: str
    ) -> None:
        self.account = settings.account
        self._settings = settings
        self._endpoint = endpoint
        self._default_status = default_status
        # By an incident's id and the number of its alerts: read again when there are more.
        self._alerts: dict[tuple[str, int | None], list[Raw]] = {}

    async def read(self, now: datetime) -> list[Alert]:
        """Return what is open; triggered ones too, since they hold open what is public."""
        incidents = await self._whole(
            "/incidents",
            "incidents",
            {
                "statuses[]": ["triggered", "acknowledged"],
                "include[]": "first_trigger_log_entries",
                "date_range": "all",
                "sort_by": "created_at:asc",
                "time_zone": "UTC",
            },
        )
        alerts = {_key(one): await self._alerts_of(one) for one in incidents if needs_alerts(one)}
        self._alerts = alerts
        return [
            alert
            for incident in incidents
            for alert in self._as_alerts(incident, alerts.get(_key(incident), []), now)
        ]

    def _as_alerts(self, incident: Raw, alerts: list[Raw], now: datetime) -> list[Alert]:
        return [
            Alert(
                account=self.account,
                id=str(incident.get("id")),
                component=name,
                status=status or self._default_status,
                since=moment(incident.get("created_at")) or now,
                is_confirmed=incident.get("status") == "acknowledged",
            )
            for name, status in components(incident, alerts).items()
        ]

    async def _alerts_of(self, incident: Raw) -> list[Raw]:
        known = self._alerts.get(_key(incident))
        if known is not None:
            return known
        return await self._whole(f"/incidents/{incident.get('id')}/alerts", "alerts", {})

    async def _whole(
        self, path: str, name: str, asked: Mapping[str, str | Sequence[str]]
    ) -> list[Raw]:
        """Read a list to its end; where it changed meanwhile, one may have slipped through."""
        for _ in range(TRIES):
            found: dict[str, Raw] = {}
            more = True
            total: object = None
            for offset in range(0, MOST, PAGE_SIZE):
                paging = {"limit": str(PAGE_SIZE), "offset": str(offset), "total": "true"}
                page = await self._endpoint.get(path, {**asked, **paging})
                listed = page.get(name) if isinstance(page, dict) else None
                if not isinstance(listed, list):
                    raise SourceUnread(f"{self.account} answered without {name}.")
                found |= {str(row.get("id")): row for row in rows(listed)}
                total, more = page.get("total"), bool(page.get("more"))
                if not more:
                    break
            if more:
                raise SourceUnread(f"{self.account} has more than {MOST} {name}.")
            if not isinstance(total, int) or total == len(found):
                return list(found.values())
            log.info("The %s of %s changed while they were read.", name, self.account)
        raise SourceUnread(f"The {name} of {self.account} change faster than they can be read.")


def pagerduty_headers(key: str) -> httpx.Headers:
    """Return what every request to PagerDuty carries."""
    return httpx.Headers(
        {
            "Authorization": f"Token token={key}",
            "Accept": "application/vnd.pagerduty+json;version=2",
        }
    )


def _key(incident: Raw) -> tuple[str, int | None]:
    counts = incident.get("alert_counts")
    number = counts.get("all") if isinstance(counts, dict) else None
    return str(incident.get("id")), number
