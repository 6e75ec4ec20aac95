"""Reads the open incidents of an account, all of them or none."""

import asyncio
from datetime import datetime, timedelta

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.core.moments import moment
from statuspage_bridge.core.tags import merged
from statuspage_bridge.sources.components import mapped
from statuspage_bridge.sources.content import Raw, mapping, text, texts
from statuspage_bridge.sources.endpoint import Endpoint

from .components import alert_count, in_fields, needs_alerts, tagged_components
from .lists import whole_list
from .settings import PagerDutySettings

# Custom fields of an incident that nobody told us of are read again after this.
FIELDS_KEPT = timedelta(minutes=5)
AT_ONCE = 8


class PagerDutyReader:
    """Reads one account."""

    def __init__(
        self, settings: PagerDutySettings, endpoint: Endpoint, default_status: str
    ) -> None:
        self._settings = settings
        self._endpoint = endpoint
        self._default_status = default_status
        self._slots = asyncio.Semaphore(AT_ONCE)
        # By an incident's id and the number of its alerts: read again when there are more.
        self._alerts: dict[tuple[str, int | None], list[Raw]] = {}
        # By an incident's id, with the time when they were read.
        self._fields: dict[str, tuple[datetime, object]] = {}

    @property
    def account(self) -> Account:
        """Whose incidents these are."""
        return self._settings.account

    def forget_fields(self) -> None:
        """Read all custom fields again next time."""
        self._fields.clear()

    async def read(self, now: datetime) -> list[Alert]:
        """Return what is open; triggered ones too, since they hold open what is public."""
        incidents = await whole_list(
            self._endpoint,
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
        alerts = await asyncio.gather(*(self._alerts_of(one) for one in incidents))
        fields = await asyncio.gather(*(self._fields_of(one, now) for one in incidents))
        # What is over need not be remembered.
        self._alerts = dict(zip(map(_key, incidents), alerts, strict=True))
        self._fields = dict(zip((text(one.get("id")) for one in incidents), fields, strict=True))
        return [
            alert
            for incident, own, (_, values) in zip(incidents, alerts, fields, strict=True)
            for alert in self._as_alerts(incident, own, values, now)
        ]

    def _as_alerts(
        self, incident: Raw, alerts: list[Raw], fields: object, now: datetime
    ) -> list[Alert]:
        settings, id_ = self._settings, text(incident.get("id"))
        service = mapping(incident.get("service"))
        service_id, service_name = text(service.get("id")), text(service.get("summary"))
        priority = mapping(incident.get("priority"))
        priority_name = text(priority.get("summary")) or text(priority.get("name"))
        is_due = settings.publishes == "triggered" or incident.get("status") == "acknowledged"
        counts = not settings.priorities or priority_name in settings.priorities
        named = merged(
            [
                tagged_components(incident, alerts),
                in_fields(fields, settings.custom_fields),
                mapped(settings.components, [service_id, service_name]),
            ]
        )
        return [
            Alert(
                account=settings.account,
                id=id_,
                component=name,
                status=status or self._default_status,
                since=moment(incident.get("created_at")) or now,
                is_confirmed=is_due and counts,
                title=text(incident.get("title")),
                severity=text(incident.get("urgency")),
                priority=priority_name,
                group=id_,
                labels=texts({"service": service_name, "service_id": service_id}),
            )
            for name, status in named.items()
        ]

    async def _alerts_of(self, incident: Raw) -> list[Raw]:
        known = self._alerts.get(_key(incident))
        if known is not None:
            return known
        if not needs_alerts(incident):
            return []
        async with self._slots:
            path = f"/incidents/{incident.get('id')}/alerts"
            return await whole_list(self._endpoint, path, "alerts", {})

    async def _fields_of(self, incident: Raw, now: datetime) -> tuple[datetime, object]:
        if not self._settings.custom_fields:
            return now, None
        id_ = text(incident.get("id"))
        known = self._fields.get(id_)
        if known is not None and now - known[0] < FIELDS_KEPT:
            return known
        async with self._slots:
            answer = await self._endpoint.get(f"/incidents/{id_}/custom_fields/values", {})
        return now, mapping(answer).get("custom_fields")


def _key(incident: Raw) -> tuple[str, int | None]:
    return text(incident.get("id")), alert_count(incident)
