"""The schema's history: a numbered list, applied in order.

A step that has been released is never edited, and neither are the tables it makes: what changes is
a step added below it.
"""

from collections.abc import Callable

from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, inspect, select, update

from statuspage_server.errors import StartError
from statuspage_server.storage.schema import metadata

schema_version = Table("schema_version", MetaData(), Column("number", Integer, nullable=False))

type Step = Callable[[Connection], None]


def _first(connection: Connection) -> None:
    metadata.create_all(connection)


STEPS: tuple[Step, ...] = (_first,)


def migrate(connection: Connection, steps: tuple[Step, ...] = STEPS) -> None:
    """Bring the database to the newest schema. The caller holds the write lock and commits."""
    if not inspect(connection).has_table(schema_version.name):
        schema_version.create(connection)
        connection.execute(insert(schema_version).values(number=0))
    number = connection.execute(select(schema_version.c.number)).scalar_one()
    if number > len(steps):
        raise StartError(
            f"The database has schema {number}, and this version knows {len(steps)} at most: "
            "a newer version has used it. Start that version, or give another database."
        )
    for step in steps[number:]:
        step(connection)
    connection.execute(update(schema_version).values(number=len(steps)))
