"""From what Opsgenie sends or lists to alerts. No I/O.

(https://support.atlassian.com/opsgenie/docs/opsgenie-edge-connector-alert-action-data/)
"""

from collections.abc import Iterator
from datetime import datetime

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.moments import moment
from statuspage_bridge.core.status import OPERATIONAL
from statuspage_bridge.core.tags import Tagged, incident_status
from statuspage_bridge.errors import Refused
from statuspage_bridge.sources.components import components_of
from statuspage_bridge.sources.content import Raw, from_epoch, key, mapping, rows, text, texts

from .settings import OpsgenieSettings

# An alert that is deleted says nothing more.
ENDS = {"close", "delete"}


class Alerts:
    """Makes alerts of what one account says."""

    def __init__(self, settings: OpsgenieSettings, default_status: str) -> None:
        self._settings = settings
        self._default_status = default_status

    def sent(self, content: object, now: datetime) -> list[Alert]:
        """Return the alerts of a webhook, whatever its action.

        Whatever does not end an alert tells that it is open: one that says twice that it was
        created changes nothing.
        """
        message = mapping(content)
        row, action = mapping(message.get("alert")), text(message.get("action"))
        id_ = key(row.get("alertId"))
        if not (id_ and action):
            raise Refused(400, "The body is no webhook of Opsgenie: it has no action on an alert.")
        is_open = action.lower() not in ENDS
        named = self._named(row)
        removed = components_of(row.get("removedTags"), {}, ())
        gone = {name: status for name, status in removed.items() if name not in named}
        return [
            *self._of(id_, row, named, now, is_open=is_open, renewed_at=now),
            *self._of(id_, row, gone, now, is_open=False, renewed_at=now),
        ]

    def listed(self, alerts: object, now: datetime) -> list[Alert]:
        """Return the alerts of a list of open ones."""
        return [
            alert
            for row in rows(alerts)
            for alert in self._of(
                key(row.get("id")), row, self._named(row), now, is_open=True, renewed_at=None
            )
            if alert.is_open
        ]

    def _named(self, row: Raw) -> Tagged:
        tags = row.get("tags")
        own = [text(tag) for tag in tags] if isinstance(tags, list) else []
        said = [*own, *(text(row.get(name)) for name in ("entity", "source", "alias"))]
        return components_of(tags, self._settings.components, said)

    def _of(  # noqa: PLR0913 (what a row does not say)
        self,
        id_: str,
        row: Raw,
        named: Tagged,
        now: datetime,
        *,
        is_open: bool,
        renewed_at: datetime | None,
    ) -> Iterator[Alert]:
        created_at = row.get("createdAt")
        begun_at = from_epoch(created_at) or moment(created_at) or now
        for component, status in named.items():
            is_wrong = is_open and status != OPERATIONAL
            yield Alert(
                account=self._settings.account,
                id=id_,
                component=component,
                status=status or self._default_status,
                since=begun_at if is_wrong else now,
                is_open=is_wrong,
                incident_status=incident_status(row.get("tags")),
                renewed_at=renewed_at,
                title=text(row.get("message")),
                priority=text(row.get("priority")),
                group=text(row.get("alias")),
                labels=texts({name: row.get(name) for name in ("entity", "source")}),
            )
