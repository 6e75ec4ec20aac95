"""Access tokens of the Nobl9 API: given for a key, and ended by time or with their key."""

import secrets

from sqlalchemy import Connection, delete, insert, select

from statuspage_server.core.moments import HOUR, Moment
from statuspage_server.storage.keys import ApiKey, digest_of, find_key
from statuspage_server.storage.schema import access_tokens, api_keys

# https://docs.nobl9.com/api/access-token/generate-access-token
LASTS = HOUR

_table = access_tokens.c


def give_token(connection: Connection, key_id: str, now: Moment) -> str:
    """Returns the token, of which a digest is kept. Those that ended are cleared away."""
    connection.execute(delete(access_tokens).where(_table.ends_at <= now))
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(access_tokens).values(digest=digest_of(token), key_id=key_id, ends_at=now + LASTS)
    )
    return token


def find_bearer(connection: Connection, digest: str, now: Moment) -> ApiKey | None:
    """Whose token it is; a key itself will do too, for those who want one that does not end."""
    row = connection.execute(
        select(api_keys.c.id, api_keys.c.read_only, api_keys.c.name, _table.ends_at)
        .join(access_tokens, _table.key_id == api_keys.c.id)
        .where(_table.digest == digest, _table.ends_at > now, api_keys.c.revoked_at.is_(None))
    ).one_or_none()
    if row is None:
        return find_key(connection, digest)
    return ApiKey(row.id, row.read_only, row.name, row.ends_at)
