"""Which page or component is meant, decided on what a list returned. No I/O."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from statuspage.answers import Raw
from statuspage.errors import AmbiguousName, GroupHasNoStatus, UnknownName

from .labels import component_labels, full_name, group_names, page_labels, text

# So many names are listed in full where none of them is near.
FEW = 10

_AROUND_SLASHES = re.compile(r"\s*/\s*")


def match_page(pages: Sequence[Raw], wanted: str | None) -> Raw:
    """Return the page with this id, name, subdomain or domain; None takes the only one."""
    labels = page_labels(pages)
    if wanted is None:
        if len(pages) == 1:
            return pages[0]
        kind = AmbiguousName if pages else UnknownName
        raise kind("page", None, list(labels.values()))
    keys = ("id", "name", "subdomain", "domain")
    known = {page["id"]: [text(page.get(key)) for key in keys] for page in pages}
    found = _match("page", known, wanted, labels)
    return next(page for page in pages if page["id"] == found)


def match_component(rows: Sequence[Raw], wanted: str) -> Raw:
    """Return the component with this id, name or `Group / Name`, of all rows of a page's list."""
    groups, labels = group_names(rows), component_labels(rows)
    components = {row["id"]: row for row in rows if row["id"] in labels}
    known = {
        row["id"]: [row["id"], text(row.get("name")), full_name(row, groups)]
        for row in components.values()
    }
    try:
        return components[_match("component", known, wanted, labels)]
    except UnknownName:
        for group_id, name in groups.items():
            if wanted == group_id or _folded(wanted) == _folded(name):
                members = [
                    label
                    for id_, label in labels.items()
                    if components[id_].get("group_id") == group_id
                ]
                raise GroupHasNoStatus(wanted, members) from None
        raise


def _match(
    kind: str, known: Mapping[str, Sequence[str]], wanted: str, labels: Mapping[str, str]
) -> str:
    """As it is written, else whatever differs only in case and spaces."""
    for read in (str, _folded):
        found = [
            id_
            for id_, names in known.items()
            if read(wanted) in {read(name) for name in names if name}
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousName(kind, wanted, [labels[id_] for id_ in found])
    raise UnknownName(kind, wanted, _near(known, wanted, labels))


def _near(known: Mapping[str, Sequence[str]], wanted: str, labels: Mapping[str, str]) -> list[str]:
    folded = {id_: {_folded(name) for name in names[1:]} for id_, names in known.items()}
    everything = sorted(set().union(*folded.values()))
    close = get_close_matches(_folded(wanted), everything, n=5, cutoff=0.5)
    near = dict.fromkeys(
        labels[id_] for name in close for id_, names in folded.items() if name in names
    )
    return list(near)[:5] or (list(labels.values()) if len(labels) <= FEW else [])


def _folded(name: str) -> str:
    return _AROUND_SLASHES.sub("/", " ".join(name.split())).casefold()
