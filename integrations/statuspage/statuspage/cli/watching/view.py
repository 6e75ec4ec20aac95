"""What a page shows in public, read from its summary. No I/O."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from statuspage.answers import Raw
from statuspage.cli.output import one_line
from statuspage.records import objects


@dataclass(frozen=True, slots=True)
class Row:
    """A component, incident or maintenance: what it is called, and its status."""

    name: str
    status: str
    text: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A page's public view."""

    title: str
    indicator: str
    description: str
    components: dict[str, Row] = field(default_factory=dict)
    incidents: dict[str, Row] = field(default_factory=dict)
    maintenances: dict[str, Row] = field(default_factory=dict)


def view_of(summary: object) -> View | None:
    """Read a summary document; None when it is none."""
    if not isinstance(summary, dict) or not isinstance(summary.get("status"), dict):
        return None
    page = summary.get("page")
    return View(
        title=_text(page.get("name") if isinstance(page, dict) else ""),
        indicator=_text(summary["status"].get("indicator")),
        description=_text(summary["status"].get("description")),
        components=dict(_components(summary)),
        incidents=dict(_incidents(summary.get("incidents"), "updated_at")),
        maintenances=dict(_incidents(summary.get("scheduled_maintenances"), "scheduled_for")),
    )


def differences(before: View, after: View) -> list[str]:
    """Return what changed between two views, a line each."""
    lines: list[str] = []
    if (before.indicator, before.description) != (after.indicator, after.description):
        lines.append(f"page\t{_arrow(before.description, after.description)}")
    for kind, old, new in (
        ("component", before.components, after.components),
        ("incident", before.incidents, after.incidents),
        ("maintenance", before.maintenances, after.maintenances),
    ):
        lines += _changes(kind, old, new)
    return lines


def _changes(kind: str, old: dict[str, Row], new: dict[str, Row]) -> Iterator[str]:
    for id_, row in new.items():
        former = old.get(id_, Row(row.name, ""))
        if (former.status, former.text) != (row.status, row.text):
            told = [kind, row.name, _arrow(former.status, row.status), row.text]
            yield "\t".join(one_line(part) for part in told if part)
    for id_ in old.keys() - new.keys():
        # An incident leaves the summary when it is resolved; only its own list tells whether.
        yield f"{kind}\t{one_line(old[id_].name)}\tno longer shown"


def _arrow(before: str, after: str) -> str:
    return after if before in ("", after) else f"{before} -> {after}"


def _components(summary: Raw) -> Iterator[tuple[str, Row]]:
    rows = objects(summary.get("components"))
    groups = {row.get("id"): _text(row.get("name")) for row in rows if row.get("group")}
    for row in rows:
        if not row.get("group"):
            group = groups.get(row.get("group_id"))
            name = f"{group} / {_text(row.get('name'))}" if group else _text(row.get("name"))
            yield _text(row.get("id")), Row(name, _text(row.get("status")))


def _incidents(rows: object, since: str) -> Iterator[tuple[str, Row]]:
    for row in objects(rows):
        newest = objects(row.get("incident_updates"))[:1]
        text = _text(newest[0].get("body")) if newest else ""
        yield (
            _text(row.get("id")),
            Row(_text(row.get("name")), _text(row.get("status")), text, _text(row.get(since))),
        )


def _text(value: object) -> str:
    return "" if value is None else str(value)
