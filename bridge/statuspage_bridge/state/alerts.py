"""What is remembered of alerts, a row for each."""

from collections.abc import Callable, Iterable

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, select

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.memory import Key, Memory

from .contents import ALERT, moment_of, written
from .schema import alerts, pages

# Fewer than the oldest SQLite takes in one question.
IDS_AT_ONCE = 500


def load(connection: Connection, page: str) -> Memory:
    """Return all that is remembered."""
    return _loaded(connection, page, alerts.c.page == page)


def change(connection: Connection, page: str, how: Callable[[Memory], Memory]) -> Memory:
    """Change what is remembered, and return it; only what differs is written."""
    before = load(connection, page)
    after = how(before)
    _store(connection, page, before, after)
    return after


def push(connection: Connection, page: str, pushed: Iterable[Alert]) -> None:
    """Take over what a source says of some of its alerts, without reading the others."""
    told = list(pushed)
    for begin in range(0, len(told), IDS_AT_ONCE):
        some = told[begin : begin + IDS_AT_ONCE]
        before = _loaded(
            connection,
            page,
            and_(alerts.c.page == page, alerts.c.id.in_({one.id for one in some})),
        )
        _store(connection, page, before, before.pushed(some))


def _loaded(connection: Connection, page: str, which: ColumnElement[bool]) -> Memory:
    began = connection.execute(select(pages.c.began).where(pages.c.page == page)).scalar_one()
    rows = connection.execute(select(alerts.c.content).where(which)).scalars()
    found = (ALERT.validate_json(row) for row in rows)
    return Memory(moment_of(began), {one.key: one for one in found})


def _store(connection: Connection, page: str, before: Memory, after: Memory) -> None:
    new = {key: one for key, one in after.alerts.items() if before.alerts.get(key) != one}
    gone = [key for key in before.alerts if key in new or key not in after.alerts]
    if gone:
        one = delete(alerts).where(
            *(alerts.c[name] == bindparam(f"old_{name}") for name in _row(page, gone[0]))
        )
        old = [_row(page, key) for key in gone]
        connection.execute(one, [{f"old_{name}": row[name] for name in row} for row in old])
    if new:
        rows = [_row(page, key) | {"content": written(ALERT, alert)} for key, alert in new.items()]
        connection.execute(insert(alerts), rows)


def _row(page: str, key: Key) -> dict[str, str]:
    account, id_, component = key
    return {
        "page": page,
        "source": account.source,
        "name": account.name,
        "id": id_,
        "component": component,
    }
