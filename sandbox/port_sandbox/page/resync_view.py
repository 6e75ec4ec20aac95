"""Resyncs and live events, as the page shows them."""

from port_sandbox.core import timestamps
from port_sandbox.core.json_types import Document
from port_sandbox.core.live_events import LiveEvent, gathered
from port_sandbox.core.sync_counts import DELETION, WHOLE, counted
from port_sandbox.sandbox import Sandbox


def latest(sandbox: Sandbox, limit: int) -> list[Document]:
    """Return resyncs, the newest first, with what each kind brought."""
    now = sandbox.clock()
    found: list[Document] = []
    for one in sandbox.resyncs.latest(limit):
        kinds = [counted(row) for row in one["kinds"]]
        start, end = timestamps.parsed(one["started_at"]), timestamps.parsed(one["ended_at"]) or now
        found.append(
            {
                **one,
                "seconds": (end - start).total_seconds() if start else None,
                "kinds": [kind for kind in kinds if not kind.kind.startswith("__")],
                "deleted": sum(kind.deleted for kind in kinds if kind.kind == DELETION),
                "whole": next((kind for kind in kinds if kind.kind == WHOLE), None),
            }
        )
    return found


def live_events(sandbox: Sandbox, limit: int) -> list[LiveEvent]:
    """Return live events, the newest first."""
    # One event changes a handful of entities.
    return gathered(sandbox.history.live(20 * limit))[:limit]


def wishes(sandbox: Sandbox) -> list[tuple[str, str]]:
    """Return each integration with when it was asked for a resync that has not begun yet."""
    found: list[tuple[str, str]] = []
    for one in sandbox.integrations.documents.all():
        name = str(one["identifier"])
        at = str((one.get("resyncRequest") or {}).get("updatedAt", ""))
        begun = [resync["started_at"] for resync in sandbox.resyncs.latest(1, name)]
        found.append((name, at if at > max(begun, default="") else ""))
    return found
