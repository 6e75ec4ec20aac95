"""What a page or component is called so that it cannot be mistaken for another."""

from collections import Counter
from collections.abc import Callable, Sequence

from statuspage.answers import Raw


def page_labels(pages: Sequence[Raw]) -> dict[str, str]:
    """Return each page's name, with its id behind it where others have the same name."""
    return _unique(pages, lambda page: text(page.get("name")))


def component_labels(rows: Sequence[Raw]) -> dict[str, str]:
    """Return each component's `Group / Name`, with its id behind it where others have that too.

    `rows` are those of the page's list, among which the groups are.
    """
    names = group_names(rows)
    components = [row for row in rows if not row.get("group")]
    return _unique(components, lambda row: full_name(row, names))


def group_names(rows: Sequence[Raw]) -> dict[str, str]:
    """Return the names of the groups by their ids."""
    return {row["id"]: text(row.get("name")) for row in rows if row.get("group")}


def full_name(row: Raw, groups: dict[str, str]) -> str:
    """Return a component's name behind that of its group."""
    group = groups.get(row.get("group_id") or "")
    name = text(row.get("name"))
    return f"{group} / {name}" if group else name


def text(value: object) -> str:
    """Return what stands where a name is documented, which may be null or a number."""
    return "" if value is None else str(value)


def _unique(rows: Sequence[Raw], label: Callable[[Raw], str]) -> dict[str, str]:
    shared = Counter(label(row) for row in rows)
    return {
        row["id"]: label(row) if shared[label(row)] == 1 else f"{label(row)} ({row['id']})"
        for row in rows
    }
