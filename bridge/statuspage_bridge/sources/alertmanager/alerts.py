"""From what Alertmanager sends or lists to alerts. No I/O.

(https://prometheus.io/docs/alerting/latest/configuration/#webhook_config)
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.core.moments import moment
from statuspage_bridge.core.status import STATUSES
from statuspage_bridge.core.tags import Tagged, merged
from statuspage_bridge.errors import Refused
from statuspage_bridge.sources.components import ComponentMap, mapped, of_labels
from statuspage_bridge.sources.content import Raw, key, mapping, rows, text, texts
from statuspage_bridge.sources.severity import status_of

# Labels or annotations; the second of each is what other bridges read.
COMPONENT = ("statuspage_component", "statuspageComponentId")
STATUS = ("statuspage_status", "statuspageComponentStatus")
TITLES = ("summary", "alertname")


@dataclass(frozen=True, slots=True)
class Alerts:
    """Makes alerts of what one Alertmanager says."""

    account: Account
    default_status: str
    components: ComponentMap = field(default_factory=dict)
    # Names of alerts that are none.
    passed_over: frozenset[str] = frozenset()

    def sent(self, content: object, now: datetime) -> list[Alert]:
        """Return the alerts of a webhook, open and over."""
        message = mapping(content)
        if not isinstance(message.get("alerts"), list):
            raise Refused(
                400, f"The body is no webhook of {self.account.source}: it has no alerts."
            )
        group = text(message.get("groupKey"))
        found: list[Alert] = []
        for row in rows(message["alerts"]):
            is_open = row.get("status") != "resolved"
            found += self._of(row, group, now, is_open=is_open, renewed_at=now)
        return found

    def listed(self, groups: list[object], now: datetime) -> list[Alert]:
        """Return the alerts of the API's groups, in which all are open."""
        found: list[Alert] = []
        for one in rows(groups):
            receiver = text(mapping(one.get("receiver")).get("name"))
            group = f"{receiver}:{json.dumps(texts(one.get('labels')), sort_keys=True)}"
            for row in rows(one.get("alerts")):
                found += self._of(row, group, now, is_open=True, renewed_at=None)
        return found

    def _of(
        self, row: Raw, group: str, now: datetime, *, is_open: bool, renewed_at: datetime | None
    ) -> Iterator[Alert]:
        labels = texts(row.get("labels"))
        if labels.get("alertname") in self.passed_over:
            return
        said = texts(row.get("annotations")) | labels
        begun_at = moment(row.get("startsAt")) or now
        named = merged([_named(said), mapped(self.components, of_labels(labels))])
        for component in named:
            yield Alert(
                account=self.account,
                id=key(row.get("fingerprint")) or _fingerprint(labels),
                component=component,
                status=_status(said, self.default_status),
                since=begun_at if is_open else now,
                is_open=is_open,
                renewed_at=renewed_at,
                title=next((said[name] for name in TITLES if name in said), ""),
                severity=said.get("severity", ""),
                priority=said.get("priority", ""),
                group=group,
                labels=labels,
            )


def _named(said: dict[str, str]) -> Tagged:
    names = [name for label in COMPONENT for name in re.split("[,;]", said.get(label, ""))]
    return dict.fromkeys(name.strip() for name in names if name.strip())


def _status(said: dict[str, str], default: str) -> str:
    given = next((said[name].lower() for name in STATUS if name in said), "")
    if given in STATUSES:
        return given
    return status_of(said.get("severity", ""), default)


def _fingerprint(labels: dict[str, str]) -> str:
    return sha256(json.dumps(labels, sort_keys=True).encode()).hexdigest()[:16]
