"""From what Alertmanager sends or lists to alerts. No I/O.

(https://prometheus.io/docs/alerting/latest/configuration/#webhook_config)
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from statuspage_bridge.core.alert import Account, Alert
from statuspage_bridge.core.moments import moment
from statuspage_bridge.core.status import STATUSES
from statuspage_bridge.errors import Refused

type Raw = dict[str, Any]

# Labels or annotations; the second of each is what other bridges read.
COMPONENT = ("statuspage_component", "statuspageComponentId")
STATUS = ("statuspage_status", "statuspageComponentStatus")
SEVERITIES = {
    "critical": "major_outage",
    "error": "partial_outage",
    "warning": "degraded_performance",
}


def sent(account: Account, body: bytes, default_status: str, now: datetime) -> list[Alert]:
    """Return the alerts of a webhook, open and over."""
    try:
        content = json.loads(body)
    except ValueError as error:
        raise Refused(400, "The body is not JSON.") from error
    rows = content.get("alerts") if isinstance(content, dict) else None
    if not isinstance(rows, list):
        raise Refused(400, "The body is no webhook of Alertmanager: it has no alerts.")
    found: list[Alert] = []
    for row in rows:
        if isinstance(row, dict):
            is_open = row.get("status") != "resolved"
            found += _alerts(account, row, default_status, now, is_open=is_open, renewed_at=now)
    return found


def listed(account: Account, rows: list[Any], default_status: str, now: datetime) -> list[Alert]:
    """Return the alerts of the API's list, on which all are open."""
    return [
        alert
        for row in rows
        if isinstance(row, dict)
        for alert in _alerts(account, row, default_status, now, is_open=True, renewed_at=None)
    ]


def _alerts(  # noqa: PLR0913 (what a row does not say)
    account: Account,
    row: Raw,
    default_status: str,
    now: datetime,
    *,
    is_open: bool,
    renewed_at: datetime | None,
) -> Iterator[Alert]:
    labels = _texts(row.get("labels"))
    said = _texts(row.get("annotations")) | labels
    begun_at = moment(row.get("startsAt")) or now
    for component in _components(said):
        yield Alert(
            account=account,
            id=str(row.get("fingerprint") or _fingerprint(labels)),
            component=component,
            status=_status(said, default_status),
            since=begun_at if is_open else now,
            is_open=is_open,
            renewed_at=renewed_at,
        )


def _components(said: dict[str, str]) -> list[str]:
    names = [name for key in COMPONENT for name in re.split("[,;]", said.get(key, ""))]
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def _status(said: dict[str, str], default: str) -> str:
    given = next((said[key].strip().lower() for key in STATUS if key in said), "")
    if given in STATUSES:
        return given
    return SEVERITIES.get(said.get("severity", "").strip().lower(), default)


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {str(name): text for name, text in value.items() if isinstance(text, str)}


def _fingerprint(labels: dict[str, str]) -> str:
    return sha256(json.dumps(labels, sort_keys=True).encode()).hexdigest()[:16]
