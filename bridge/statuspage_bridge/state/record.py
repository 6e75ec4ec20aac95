"""The record of decisions: a row for each that is not the same as before, with what came of it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from statuspage_bridge.core.decision import Action, Decision
from statuspage_bridge.core.passes import Pass, changed

from .contents import DECISION, PASS, moment_of, written
from .schema import decisions, pages

MOST = 100_000
DONE, NOTHING, PROPOSED, WOULD = "done", "nothing to do", "proposed", "dry run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A decision that was new. `result` is None where the bridge ended before it came of it."""

    id: int
    at: datetime
    decision: Mapping[str, Any]
    result: str | None

    def as_line(self) -> str:
        """Return it as one line of JSON."""
        entry = {"at": self.at.isoformat(), **self.decision, "result": self.result}
        return json.dumps(entry, ensure_ascii=False)


def note_decided(
    connection: Connection,
    page: str,
    decided: Sequence[Decision],
    now: datetime,
    name_of: Callable[[str], str],
) -> list[Decision]:
    """Write down what is new before it is done, and return it."""
    new = changed(decided, last_pass(connection, page))
    rows = [
        {
            "page": page,
            "at": now.timestamp(),
            "subject": one.key,
            "content": json.dumps(
                {
                    "names": [name_of(id_) for id_ in sorted(one.components)],
                    **json.loads(written(DECISION, one)),
                }
            ),
            "result": NOTHING if one.action is Action.LEAVE else None,
        }
        for one in new
    ]
    if rows:
        connection.execute(insert(decisions), rows)
    return new


def prune(connection: Connection, page: str, oldest: datetime) -> None:
    """Drop what is too old, and what is too much."""
    newest = select(func.max(decisions.c.id)).where(decisions.c.page == page).scalar_subquery()
    connection.execute(
        delete(decisions).where(
            decisions.c.page == page,
            (decisions.c.at < oldest.timestamp()) | (decisions.c.id <= newest - MOST),
        )
    )


def note_pass(connection: Connection, page: str, over: Pass, *, dry_run: bool) -> None:
    """Write down what came of each decision."""
    for one in over.decisions:
        if one.action is Action.LEAVE:
            continue
        usual = WOULD if dry_run else PROPOSED if one.draft else DONE
        result = over.failed.get(one.subject, usual)
        newest = (
            select(func.max(decisions.c.id))
            .where(decisions.c.page == page, decisions.c.subject == one.key)
            .scalar_subquery()
        )
        connection.execute(update(decisions).where(decisions.c.id == newest).values(result=result))
    connection.execute(
        update(pages).where(pages.c.page == page).values(last_pass=written(PASS, over))
    )


def last_pass(connection: Connection, page: str) -> Pass | None:
    """Return what came of the last pass, of whichever replica."""
    text = connection.execute(select(pages.c.last_pass).where(pages.c.page == page)).scalar()
    return PASS.validate_json(text) if text else None


def entries(
    connection: Connection, page: str, since: datetime | None, after: int = 0
) -> Iterator[Entry]:
    """Return the record, the oldest first."""
    which = [decisions.c.page == page, decisions.c.id > after]
    if since is not None:
        which.append(decisions.c.at >= since.timestamp())
    for row in connection.execute(select(decisions).where(*which).order_by(decisions.c.id)):
        yield Entry(
            id=row.id,
            at=moment_of(row.at),
            decision=json.loads(row.content),
            result=row.result,
        )
