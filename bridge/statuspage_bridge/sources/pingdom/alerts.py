"""From what Pingdom sends or lists to alerts. No I/O.

(https://docs.pingdom.com/api/)
"""

from collections.abc import Iterator
from datetime import datetime

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.moments import moment
from statuspage_bridge.errors import Refused
from statuspage_bridge.sources.components import components_of
from statuspage_bridge.sources.content import Raw, from_epoch, key, mapping, rows, text, texts

from .settings import PingdomSettings

OPEN, OVER = {"DOWN", "FAILING"}, {"UP", "SUCCESS"}
# What is not sure holds an incident open, and opens none.
DOWN = {"down": True, "failing": True, "unconfirmed_down": False, "unknown": False}


class Alerts:
    """Makes alerts of what one account says of its checks."""

    def __init__(self, settings: PingdomSettings, default_status: str) -> None:
        self._settings = settings
        self._default_status = default_status

    def sent(self, content: object, now: datetime) -> list[Alert]:
        """Return the alerts of a webhook; none where it tells of another state."""
        check = mapping(content)
        state = text(check.get("current_state")).upper()
        if not (text(check.get("check_id")) and state):
            raise Refused(400, "The body is no webhook of Pingdom: it has no state of a check.")
        if state not in OPEN | OVER:
            return []
        is_open = state in OPEN
        changed_at = from_epoch(check.get("state_changed_timestamp")) or now
        alerts = self._of(
            check,
            "check_id",
            "check_name",
            changed_at if is_open else now,
            is_open=is_open,
            renewed_at=now,
        )
        return list(alerts)

    def listed(self, checks: object, now: datetime) -> list[Alert]:
        """Return the alerts of a list of checks, of either kind."""
        found: list[Alert] = []
        for check in rows(checks):
            is_sure = DOWN.get(text(check.get("status")).lower())
            if is_sure is not None:
                started = check.get("lastdownstart") or check.get("last_downtime_start")
                since = from_epoch(started) or moment(started) or now
                found += self._of(check, "id", "name", since, is_confirmed=is_sure)
        return found

    def _of(  # noqa: PLR0913 (a webhook and a list call them differently)
        self,
        check: Raw,
        id_: str,
        name: str,
        since: datetime,
        *,
        is_open: bool = True,
        is_confirmed: bool = True,
        renewed_at: datetime | None = None,
    ) -> Iterator[Alert]:
        tags = _names(check.get("tags"))
        said = [text(check.get(id_)), text(check.get(name)), *tags]
        for component, status in components_of(tags, self._settings.components, said).items():
            yield Alert(
                account=self._settings.account,
                id=key(check.get(id_)),
                component=component,
                status=status or self._default_status,
                since=since,
                is_open=is_open,
                is_confirmed=is_confirmed,
                renewed_at=renewed_at,
                title=text(check.get(name)),
                severity=text(check.get("importance_level")),
                labels=texts({"type": check.get("check_type") or check.get("type")}),
            )


def _names(tags: object) -> list[str]:
    """A webhook has a list of texts, the API one of objects."""
    given = tags if isinstance(tags, list) else []
    return [text(mapping(tag).get("name")) or text(tag) for tag in given]
