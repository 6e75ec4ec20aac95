"""Asks on a terminal for what an incident needs."""

from collections.abc import Sequence

from statuspage.answers import Raw
from statuspage.cli.app import App
from statuspage.cli.input.asking import ask_text, choose, choose_several
from statuspage.drafts import COMPONENT_STATUSES


def ask_title(app: App) -> str:
    """Ask for the title, or name its option where nobody can be asked."""
    return ask_text(app, "--title", "Title")


def ask_message(app: App) -> str | None:
    """Ask for a line of text, which may be empty."""
    return ask_text(app, "--message", "Text (may be empty)", default="") or None


def ask_affected(app: App, rows: Sequence[Raw]) -> list[str]:
    """Ask which components are affected, showing how they are."""
    from statuspage.naming import component_labels  # noqa: PLC0415 (it brings the client)

    labels = component_labels(rows)
    if not labels:
        return []
    now = {row["id"]: row.get("status") for row in rows}
    shown = {id_: f"{label} ({now[id_]})" for id_, label in labels.items()}
    return choose_several(app, "--component", "Affected components", shown)


def ask_components(app: App, rows: Sequence[Raw]) -> dict[str, str | None]:
    """Ask which components are affected, and how they are to be."""
    chosen = ask_affected(app, rows)
    if not chosen:
        return {}
    known = {status: status.replace("_", " ") for status in COMPONENT_STATUSES}
    status = choose(app, "--component-status", "Their status", known)
    return dict.fromkeys(chosen, status)
