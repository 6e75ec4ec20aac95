"""What Prometheus reads: what the bridge did, and what it finds open."""

from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from .core.alert import Account, Alert
from .core.decision import Action
from .core.passes import Pass

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
SECONDS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)


class Metrics:
    """The numbers of one bridge."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        prefix = "statuspage_bridge"
        self._registry = registry
        self._open = Gauge(
            f"{prefix}_open_incidents", "Incidents of the bridge that are open", registry=registry
        )
        self._unread = Gauge(
            f"{prefix}_source_unread",
            "1 while a source cannot be read",
            ["source"],
            registry=registry,
        )
        self._seconds = Histogram(
            f"{prefix}_pass_seconds",
            "How long passes took",
            buckets=SECONDS,
            registry=registry,
        )
        self._failed_passes = Counter(
            f"{prefix}_failed_passes", "Passes that failed", registry=registry
        )
        self._decisions = Counter(
            f"{prefix}_decisions",
            "Writes to the page",
            ["action", "result"],
            registry=registry,
        )
        self._alerts = Counter(
            f"{prefix}_pushed_alerts", "Alerts that were pushed", ["source"], registry=registry
        )
        self._refused = Counter(
            f"{prefix}_refused_requests",
            "Requests that were refused",
            ["status"],
            registry=registry,
        )

    def passed(self, over: Pass, seconds: float, *, dry_run: bool) -> None:
        """Count a pass that came to its end."""
        self._seconds.observe(seconds)
        incidents = {one.incident for one in over.decisions if one.incident is not None}
        for one in over.decisions:
            if one.action is Action.LEAVE or one.draft:
                continue
            failed = one.subject in over.failed
            result = "dry_run" if dry_run else "failed" if failed else "done"
            self._decisions.labels(one.action, result).inc()
            if result == "done" and one.action is Action.RESOLVE:
                incidents.discard(one.incident)
        opened = sum(
            one.action is Action.OPEN
            and one.subject not in over.failed
            and not (one.draft or dry_run)
            for one in over.decisions
        )
        self._open.set(len(incidents) + opened)

    def failed(self) -> None:
        """Count a pass that failed."""
        self._failed_passes.inc()

    def read(self, sources: Sequence[Account], over: Pass) -> None:
        """Note which sources could be read."""
        for account in sources:
            self._unread.labels(str(account)).set(str(account) in over.unread)

    def pushed(self, account: Account, alerts: Sequence[Alert]) -> None:
        """Count what a source pushed."""
        self._alerts.labels(str(account)).inc(len(alerts))

    def refused(self, status: int) -> None:
        """Count a request that was refused."""
        self._refused.labels(str(status)).inc()

    def as_text(self) -> bytes:
        """Return all of it as Prometheus reads it."""
        return generate_latest(self._registry)
