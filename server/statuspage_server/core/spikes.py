"""Many reports of one component in a short time: a disruption that nobody has registered yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from statuspage_server.core.moments import MINUTE, Moment


class ReportSource(StrEnum):
    USER = "user"
    EXTERNAL = "external"
    """A monitor elsewhere."""
    INTERNAL = "internal"
    """An item of this server that went silent or failed."""


@dataclass(frozen=True, slots=True)
class ReportTime:
    at: Moment
    source: ReportSource


@dataclass(frozen=True, slots=True)
class SpikeRule:
    """The defaults are Nobl9's: https://docs.nobl9.com/organization-status/disruptions-and-impact"""

    reports: int = 5
    """By users and by monitors elsewhere, counted together."""
    alerts: int = 2
    """Of what is watched here: those are rarely wrong."""
    span: Moment = 5 * MINUTE


def is_spike(
    reports: Iterable[ReportTime], now: Moment, rule: SpikeRule, cleared: Moment | None = None
) -> bool:
    """What was reported before a disruption was cleared belongs to that one."""
    after = max(now - rule.span, now - rule.span if cleared is None else cleared)
    counted = [one.source for one in reports if after < one.at <= now]
    alerts = counted.count(ReportSource.INTERNAL)
    return alerts >= rule.alerts or len(counted) - alerts >= rule.reports
