"""API keys: made, listed, revoked and looked up. Only a digest is kept."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment
from statuspage_server.storage.schema import api_keys


@dataclass(frozen=True, slots=True)
class ApiKey:
    id: str
    read_only: bool
    name: str
    ends_at: Moment | None = None
    """Of an access token that was presented in its place."""


def digest_of(key: str) -> str:
    """A plain digest is enough: a key is 256 random bits, which nobody can try out."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def create_key(connection: Connection, name: str, now: Moment, *, read_only: bool) -> str:
    """Returns the key, which is shown once and then known to its owner alone."""
    key = secrets.token_hex(32)
    connection.execute(
        insert(api_keys).values(
            id=new_id(),
            name=name,
            digest=digest_of(key),
            hint=key[:4],
            read_only=read_only,
            created_at=now,
        )
    )
    return key


def list_keys(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id)).all()


def revoke_key(connection: Connection, key_id: str, now: Moment) -> bool:
    """Whether there was such a key in force."""
    changed = connection.execute(
        update(api_keys)
        .where(api_keys.c.id == key_id, api_keys.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    return changed.rowcount == 1


def find_key(connection: Connection, digest: str) -> ApiKey | None:
    row = connection.execute(
        select(api_keys.c.id, api_keys.c.read_only, api_keys.c.name).where(
            api_keys.c.digest == digest, api_keys.c.revoked_at.is_(None)
        )
    ).one_or_none()
    return None if row is None else ApiKey(row.id, row.read_only, row.name)
