"""From moments to a table. Pure."""

import math
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

_LINE = re.compile(r"Live event on .* read after ([\d.]+) s, in the catalog after ([\d.]+) s")


@dataclass(frozen=True, slots=True)
class Refetch:
    """What the integration's log says of one refetch: seconds since the event came."""

    read: float
    in_catalog: float


@dataclass(frozen=True, slots=True)
class Delay:
    """One change: seconds from Statuspage's answer until Port had it, and the refetch for it."""

    total: float
    refetch: Refetch | None


def refetch_of(line: str) -> Refetch | None:
    found = _LINE.search(line)
    return Refetch(float(found[1]), float(found[2])) if found else None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest measured value that this share of all values does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


HEAD = (
    f"{'while':<22} {'changes':>7} {'median':>7} {'p99':>7} {'most':>7}"
    f" {'| webhook':>10} {'Statuspage':>10} {'ours':>6} {'Ocean, Port':>11}"
)


def row(name: str, delays: Sequence[Delay], latency: float) -> str:
    """Return a line of the table: the delay, and whose its median parts are."""
    totals = [delay.total for delay in delays]
    parts = [(delay.total, delay.refetch) for delay in delays if delay.refetch is not None]
    webhook = statistics.median(max(0.0, total - refetch.in_catalog) for total, refetch in parts)
    ours = statistics.median(max(0.0, refetch.read - latency) for _, refetch in parts)
    loading = statistics.median(refetch.in_catalog - refetch.read for _, refetch in parts)
    return (
        f"{name:<22} {len(totals):>7} {statistics.median(totals):>5.2f} s"
        f" {percentile(totals, 0.99):>5.2f} s {max(totals):>5.2f} s"
        f" {webhook:>8.2f} s {latency:>8.2f} s {ours:>4.2f} s {loading:>9.2f} s"
    )


def health_row(seconds: Sequence[float]) -> str:
    """Return how long `/health/live` took to answer meanwhile."""
    return (
        f"{'/health/live meanwhile':<22} {len(seconds):>7} {_ms(statistics.median(seconds))}"
        f" {_ms(percentile(seconds, 0.99))} {_ms(max(seconds))}"
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:>4.0f} ms"
