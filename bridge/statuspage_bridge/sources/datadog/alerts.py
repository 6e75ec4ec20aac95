"""From what Datadog sends or lists to alerts. No I/O.

(https://docs.datadoghq.com/integrations/webhooks/)
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.errors import Refused
from statuspage_bridge.sources.components import components_of
from statuspage_bridge.sources.content import Raw, from_epoch, key, mapping, rows, text

from .settings import DatadogSettings

WARNED = "degraded_performance"
# A variable that Datadog does not know stays as it is.
_VARIABLE = re.compile(r"\$[A-Z_]+(\[.*\])?")


class Alerts:
    """Makes alerts of what one organization says of its monitors."""

    def __init__(self, settings: DatadogSettings, default_status: str) -> None:
        self._settings = settings
        self._statuses = {"alert": default_status, "warn": WARNED}
        if settings.no_data_counts:
            self._statuses["no data"] = default_status

    def sent(self, content: object, now: datetime) -> list[Alert]:
        """Return the alerts of a webhook; none where it tells of nothing that counts."""
        said = {name: _replaced(value) for name, value in mapping(content).items()}
        if "transition" not in said:
            raise Refused(400, "The body is not the payload to paste: it has no transition.")
        monitor, cycle = said.get("monitor_id", ""), said.get("cycle_key", "")
        scope = said.get("scope", "")
        if not (cycle or monitor):
            raise Refused(400, "The body has neither a monitor_id nor a cycle_key.")
        state = _state(said)
        if state != "ok" and state not in self._statuses:
            return []
        template = Alert(
            account=self._settings.account,
            id=key(cycle or f"{monitor}:{scope}"),
            component="",
            status=self._statuses.get(state, ""),
            since=(from_epoch(said.get("date")) if state != "ok" else None) or now,
            is_open=state != "ok",
            renewed_at=now,
            title=said.get("title", ""),
            severity=said.get("type", ""),
            priority=said.get("priority", ""),
            group=said.get("aggregation_key", ""),
        )
        return list(self._of(template, monitor, _listed(f"{said.get('tags', '')},{scope}")))

    def listed(self, monitors: list[Any], now: datetime) -> list[Alert]:
        """Return the alerts of all groups of some monitors."""
        found: list[Alert] = []
        for monitor in rows(monitors):
            groups = mapping(mapping(monitor.get("state")).get("groups"))
            if not groups:
                groups = {"*": {"status": monitor.get("overall_state")}}
            for name, group in groups.items():
                found += self._of_group(monitor, name, mapping(group), now)
        return found

    def _of_group(self, monitor: Raw, name: str, group: Raw, now: datetime) -> Iterator[Alert]:
        state, scope = text(group.get("status")).lower(), _listed(name)
        if state not in self._statuses or _is_muted(monitor, scope):
            return
        id_, priority = text(monitor.get("id")), text(monitor.get("priority"))
        tags = monitor.get("tags")
        template = Alert(
            account=self._settings.account,
            id=key(f"{id_}:{name}"),
            component="",
            status=self._statuses[state],
            since=from_epoch(group.get("last_triggered_ts")) or now,
            title=text(monitor.get("name")),
            severity={"alert": "error", "warn": "warning"}.get(state, ""),
            priority=f"P{priority}" if priority else "",
            group=id_,
        )
        own = [text(tag) for tag in tags] if isinstance(tags, list) else []
        yield from self._of(template, id_, [*own, *scope])

    def _of(self, template: Alert, monitor: str, tags: list[str]) -> Iterator[Alert]:
        said = [monitor, template.title, *tags]
        labels = {name: value for name, _, value in (tag.partition(":") for tag in tags) if value}
        for component, status in components_of(tags, self._settings.components, said).items():
            own = template.status if template.status == WARNED else status or template.status
            yield replace(template, component=component, status=own, labels=labels)


def _replaced(value: object) -> str:
    given = text(value)
    return "" if _VARIABLE.fullmatch(given) else given


def _state(said: dict[str, str]) -> str:
    """Return the state that a monitor is in now, nothing where that is not told."""
    transition = said["transition"].lower().removeprefix("re-")
    if transition == "renotify":
        transition = "warn" if said.get("type", "").lower() == "warning" else "triggered"
    states = {"triggered": "alert", "warn": "warn", "no data": "no data", "recovered": "ok"}
    return states.get(transition, "")


def _is_muted(monitor: Raw, scope: list[str]) -> bool:
    """Tell whether a downtime that runs is about the group: then nobody is told of it."""
    downtimes = rows(monitor.get("matching_downtimes"))
    scopes = [one.get("scope") for one in downtimes]
    return any(isinstance(one, list) and {*map(text, one)} <= {*scope, "*"} for one in scopes)


def _listed(tags: str) -> list[str]:
    return [tag.strip() for tag in tags.split(",") if tag.strip()]
