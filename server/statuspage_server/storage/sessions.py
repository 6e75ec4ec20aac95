"""Who is signed in at /admin. Only a digest of what the browser holds is kept."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from statuspage_server.core.moments import DAY, Moment
from statuspage_server.storage.keys import digest_of
from statuspage_server.storage.schema import api_keys, sessions

LASTS = 7 * DAY

_table = sessions.c


@dataclass(frozen=True, slots=True)
class Session:
    digest: str
    key_name: str
    read_only: bool


def begin_session(connection: Connection, key_id: str, now: Moment) -> str:
    """Returns the secret for the browser's cookie. Those that ended are cleared away."""
    connection.execute(delete(sessions).where(_table.ends_at <= now))
    secret = secrets.token_urlsafe(32)
    connection.execute(
        insert(sessions).values(digest=digest_of(secret), key_id=key_id, ends_at=now + LASTS)
    )
    return secret


def find_session(connection: Connection, secret: str, now: Moment) -> Session | None:
    """It ends with its key."""
    row = connection.execute(
        select(_table.digest, api_keys.c.name, api_keys.c.read_only)
        .join(api_keys, api_keys.c.id == _table.key_id)
        .where(
            _table.digest == digest_of(secret),
            _table.ends_at > now,
            api_keys.c.revoked_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else Session(row.digest, row.name, row.read_only)


def end_session(connection: Connection, digest: str) -> None:
    connection.execute(delete(sessions).where(_table.digest == digest))


def is_first_of(connection: Connection, digest: str, form: str) -> bool:
    """Whether the session has not just sent this form; it has from now on."""
    changed = connection.execute(
        update(sessions)
        .where(_table.digest == digest, _table.last_form.is_distinct_from(form))
        .values(last_form=form)
    )
    return changed.rowcount == 1
