"""What is remembered of alerts between two looks: when they were over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from .alert import Account, Alert
from .rules import Rules

type Key = tuple[Account, str, str]


@dataclass(frozen=True, slots=True)
class Memory:
    """Every alert that is open, and those that were over a moment ago.

    It knows nothing of the time before `began`.
    """

    began: datetime
    alerts: Mapping[Key, Alert] = field(default_factory=dict)

    def read(self, account: Account, alerts: Iterable[Alert], now: datetime) -> "Memory":
        """Take over all that a source has: what it has no longer is over."""
        there = {alert.key: alert for alert in alerts}
        gone = {
            key: over(alert, now) for key, alert in self.of(account).items() if key not in there
        }
        return replace(self, alerts={**self.alerts, **gone, **there})

    def pushed(self, alerts: Iterable[Alert]) -> "Memory":
        """Take over what a source says of some of its alerts.

        What is over stays over since it was first said, and is nothing new if it was never open.
        """
        merged = dict(self.alerts)
        for alert in alerts:
            known = merged.get(alert.key)
            if alert.is_open or (known is not None and known.is_open):
                merged[alert.key] = alert
        return replace(self, alerts=merged)

    def at(self, now: datetime, rules: Rules) -> "Memory":
        """Let run out what nobody renewed, and forget what was over long ago."""
        alive = (run_out(alert, now, rules) for alert in self.alerts.values())
        kept = {
            alert.key: alert
            for alert in alive
            if alert.is_open or now - alert.since < rules.longest_hold
        }
        return replace(self, alerts=kept)

    def of(self, account: Account) -> dict[Key, Alert]:
        """Return the alerts of one account."""
        return {key: alert for key, alert in self.alerts.items() if key[0] == account}


def over(alert: Alert, now: datetime) -> Alert:
    """Return the alert as one that is over; one that was so before stays as it is."""
    return replace(alert, is_open=False, since=now) if alert.is_open else alert


def run_out(alert: Alert, now: datetime, rules: Rules) -> Alert:
    """Return the alert as one that is over, if nobody renewed it in time."""
    if alert.renewed_at is None:
        return alert
    end = alert.renewed_at + rules.runs_out_after
    return over(alert, end) if end <= now else alert
