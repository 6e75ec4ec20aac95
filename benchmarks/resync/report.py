"""The tables: plain text of less than 120 columns, and JSON for programs. Pure."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from resync.passes import CHANGES, Pass
from resync.rows import Row

MEGABYTE = 1024 * 1024

_FIRST = (
    ("workload", 13),
    ("entities", 8),
    ("requests", 9),
    ("420s", 4),
    ("wall", 8),
    ("bound", 16),
    ("ratio", 5),
    ("process", 8),
    ("CPU", 8),
    ("alone", 8),
    ("memory", 7),
    ("first entity", 14),
)
_LATER = (
    ("workload", 15),
    ("", 12),
    ("requests", 9),
    ("420s", 5),
    ("to Port", 8),
    ("writes", 7),
    ("wall", 8),
    ("process", 8),
    ("CPU", 8),
    ("memory", 8),
)
_STOCK = (
    ("workload", 15),
    ("", 10),
    ("wall", 8),
    ("stock", 8),
    ("share", 6),
    ("| CPU", 9),
    ("stock", 8),
    ("share", 6),
    ("| memory", 9),
    ("stock", 8),
    ("| start", 8),
    ("stock", 6),
)
# Of the processor time behind the start, which is alike. Where the gain is lost it is 1.
GREATEST_SHARE = 0.6


def first_table(rows: Sequence[Row]) -> str:
    return _drawn(_FIRST, [_first(row) for row in rows])


def later_table(rows: Sequence[Row]) -> str:
    """Return the table of what follows: nothing has changed, then a little."""
    lines = []
    for row in rows:
        lines.append(_later(row.workload.name, "unchanged", row.unchanged))
        lines.append(_later("", f"{CHANGES} changes", row.incremental))
    return _drawn(_LATER, lines)


def stock_table(rows: Sequence[Row]) -> str:
    """Return the table that compares with Ocean as it comes; a share of 0.25 is a quarter."""
    lines = []
    for row in rows:
        lines.append(_compared(row.workload.name, "first", row.ours.first, row.stock.first))
        lines.append(_compared("", "unchanged", row.ours.unchanged, row.stock.unchanged))
    return _drawn(_STOCK, lines)


def document(rows: Sequence[Row], cores: int) -> dict[str, Any]:
    return {
        "cores": cores,
        "rows": [
            {
                **asdict(row),
                "bound": row.bounds.name,
                "ratio": row.ratio,
                "after_first_answer": row.after_first_answer,
            }
            for row in rows
        ],
    }


def faults(row: Row) -> list[str]:
    """Return what a row must not have, as sentences."""
    found = []
    if row.first.traffic.requests != row.least:
        sent = row.first.traffic.requests
        found.append(f"the first resync sent {sent} requests, {row.least} are enough")
    if row.unchanged.traffic.requests != row.least:
        sent = row.unchanged.traffic.requests
        found.append(f"the unchanged resync sent {sent} requests, {row.least} are enough")
    if throttled := sum(one.traffic.throttled for one in (row.first, row.unchanged)):
        found.append(f"{throttled} answers said that the quota was exceeded")
    share = _share(row.ours.first.work, row.stock.first.work)
    if share > GREATEST_SHARE:
        took = f"{share:.2f} of the processor time that stock Ocean takes"
        found.append(f"behind its start a resync takes {took}")
    return [f"{row.workload.name}: {fault}." for fault in found]


def _share(ours: float, stock: float) -> float:
    return ours / stock if stock else 0.0


def _compared(name: str, what: str, our: Pass, stocks: Pass) -> list[str]:
    ours, stock = our.run, stocks.run
    return [
        name,
        what,
        _seconds(ours.wall),
        _seconds(stock.wall),
        f"{_share(ours.wall, stock.wall):.2f}",
        _seconds(ours.processor),
        _seconds(stock.processor),
        f"{_share(ours.processor, stock.processor):.2f}",
        _megabytes(ours.memory),
        _megabytes(stock.memory),
        _seconds(our.start),
        _seconds(stocks.start),
    ]


def _first(row: Row) -> list[str]:
    run = row.first.run
    from_start = row.first_entity - run.started
    return [
        row.workload.name,
        str(row.entities),
        f"{row.first.traffic.requests}/{row.least}",
        str(row.first.traffic.throttled),
        _seconds(run.wall),
        f"{row.bounds.name} {_seconds(row.bounds.seconds)}",
        f"{row.ratio:.2f}",
        _seconds(run.process),
        _seconds(run.processor),
        _seconds(row.alone.processor),
        _megabytes(run.memory),
        f"{_seconds(from_start)} {_seconds(row.after_first_answer)}",
    ]


def _later(name: str, what: str, done: Pass) -> list[str]:
    return [
        name,
        what,
        str(done.traffic.requests),
        str(done.traffic.throttled),
        str(done.port_requests),
        str(done.port_writes),
        _seconds(done.run.wall) if done.run.wall else "",
        _seconds(done.run.process),
        _seconds(done.run.processor),
        _megabytes(done.run.memory),
    ]


def _drawn(columns: Sequence[tuple[str, int]], lines: Sequence[Sequence[str]]) -> str:
    head = [name for name, _ in columns]
    widths = [width for _, width in columns]
    return "\n".join(
        " ".join(
            text.ljust(width) if place == 0 else text.rjust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in [head, *lines]
    )


def _seconds(value: float) -> str:
    return f"{value:.1f} s"


def _megabytes(value: int) -> str:
    return f"{value / MEGABYTE:.0f} MB" if value else "unknown"
