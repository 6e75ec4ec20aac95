"""What a page has already, so that filling it again replaces instead of doubling.

An object is the same when it has the same id on the page, or else the same name in the same place:
another page's ids are not kept, and what config.yml made has ids of its own.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from sqlalchemy import Connection, select

from statuspage_server.storage.schema import components, incidents
from statuspage_server.testdata.export import ExportedComponent, ExportedIncident

type Ids = dict[str, str]
"""The ids of an export, each with that of the object on the page."""


def present_components(
    connection: Connection, page_id: str, exported: Iterable[ExportedComponent]
) -> Ids:
    rows = connection.execute(
        select(components).where(components.c.page_id == page_id).order_by(components.c.position)
    ).all()
    groups = {row.id: row.name for row in rows if row.is_group}
    found = list(exported)
    their_groups = {row.id: row.name for row in found if row.group}
    return _matched(
        [(row.id, (row.is_group, groups.get(row.group_id), row.name)) for row in rows],
        [(row.id, (row.group, their_groups.get(row.group_id or ""), row.name)) for row in found],
    )


def present_incidents(
    connection: Connection, page_id: str, exported: Iterable[ExportedIncident]
) -> Ids:
    rows = connection.execute(
        select(incidents.c.id, incidents.c.name, incidents.c.created_at).where(
            incidents.c.page_id == page_id
        )
    ).all()
    # The manage API cuts what the public one tells to the millisecond.
    return _matched(
        [(row.id, (row.name, row.created_at // 1000)) for row in rows],
        [(row.id, (row.name, row.created_at // 1000)) for row in exported],
    )


def _matched(there: Iterable[tuple[str, Hashable]], wanted: Iterable[tuple[str, Hashable]]) -> Ids:
    """Names are not unique, so the first of a name goes with the first, the next with the next."""
    wanted = list(wanted)
    ids = {id_ for id_, _ in wanted}
    free: dict[Hashable, list[str]] = defaultdict(list)
    mine: set[str] = set()
    for id_, key in there:
        mine.add(id_)
        if id_ not in ids:
            free[key].append(id_)
    matched: Ids = {}
    for id_, key in wanted:
        if id_ in mine:
            matched[id_] = id_
        elif free[key]:
            matched[id_] = free[key].pop(0)
    return matched
