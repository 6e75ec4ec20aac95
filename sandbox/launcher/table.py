"""The table that `make run ONCE=1` prints."""

from collections.abc import Sequence

from rich.table import Table

from launcher.resync import Kind, Resync

COLUMNS = ("fetched", "upserted", "refused", "deleted", "requests", "seconds")


def table(found: Resync) -> Table:
    """Return the table of a resync.

    Ocean deletes at the end for all kinds together: only the total tells how much.
    """
    drawn = Table(box=None, pad_edge=False, header_style="bold", show_footer=True)
    drawn.add_column("kind", "total", footer_style="bold")
    totals = (
        sum(kind.fetched for kind in found.kinds),
        sum(kind.upserted for kind in found.kinds),
        sum(kind.refused for kind in found.kinds),
        found.deleted,
        sum(found.requests),
        f"{found.seconds:.1f}",
    )
    for name, total in zip(COLUMNS, totals, strict=True):
        drawn.add_column(name, str(total), justify="right", footer_style="bold")
    for index, kind in enumerate(found.kinds):
        drawn.add_row(*_row(kind, found.requests[index : index + 1]))
    return drawn


def notes(found: Resync) -> list[str]:
    """Return what a reader of the table may wonder about."""
    unchanged = sum(kind.unchanged for kind in found.kinds)
    return [f"{unchanged} entities had not changed and were not sent again."] if unchanged else []


def _row(kind: Kind, requests: Sequence[int]) -> list[str]:
    state = "" if kind.state == "completed" else f" ({kind.state})"
    sent = str(requests[0]) if requests else ""
    return [
        f"{kind.name}{state}",
        str(kind.fetched),
        str(kind.upserted),
        str(kind.refused),
        "",
        sent,
        f"{kind.seconds:.1f}",
    ]
