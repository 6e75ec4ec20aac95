"""From moments to a table. Pure."""

import math
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

_LINE = re.compile(r"Live event on .* read after ([\d.]+) s, in the catalog after ([\d.]+) s")


@dataclass(frozen=True, slots=True)
class Look:
    """What the integration's log says of one look: seconds since the event came."""

    read: float
    in_catalog: float


@dataclass(frozen=True, slots=True)
class Delay:
    """One change: seconds from Statuspage's answer until Port had it, and the look that did it."""

    total: float
    look: Look | None


def look_of(line: str) -> Look | None:
    """Read a line of the integration's log."""
    found = _LINE.search(line)
    return Look(float(found[1]), float(found[2])) if found else None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that so many of all do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


HEAD = (
    f"{'while':<22} {'changes':>7} {'median':>7} {'p99':>7} {'most':>7}"
    f" {'| webhook':>10} {'Statuspage':>10} {'ours':>6} {'Ocean, Port':>11}"
)


def row(name: str, delays: Sequence[Delay], latency: float) -> str:
    """Return a line of the table: the delay, and whose its median parts are."""
    totals = [delay.total for delay in delays]
    parts = [(delay.total, delay.look) for delay in delays if delay.look is not None]
    webhook = statistics.median(max(0.0, total - look.in_catalog) for total, look in parts)
    ours = statistics.median(max(0.0, look.read - latency) for _, look in parts)
    loading = statistics.median(look.in_catalog - look.read for _, look in parts)
    return (
        f"{name:<22} {len(totals):>7} {statistics.median(totals):>5.2f} s"
        f" {percentile(totals, 0.99):>5.2f} s {max(totals):>5.2f} s"
        f" {webhook:>8.2f} s {latency:>8.2f} s {ours:>4.2f} s {loading:>9.2f} s"
    )
