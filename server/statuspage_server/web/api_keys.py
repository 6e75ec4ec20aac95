"""The API key of a request: known, allowed to write, and within its rate limit?"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from statuspage_server.core.moments import Clock
from statuspage_server.core.window import MANY, RollingWindows
from statuspage_server.errors import Forbidden, RateLimited, Unauthenticated
from statuspage_server.storage.access_tokens import find_bearer
from statuspage_server.storage.database import Database
from statuspage_server.storage.keys import ApiKey, digest_of, find_key
from statuspage_server.web.guesses import Guesses

# A revoked key is refused within a second by every instance.
TRUSTED_SECONDS = 1.0
READING = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(slots=True)
class _Known:
    key: ApiKey
    checked: float


@dataclass
class ApiKeys:
    """A cache of keys, and the rolling windows of their requests. Both are per process."""

    database: Database
    guesses: Guesses
    clock: Clock
    monotonic: Callable[[], float] = time.monotonic
    _known: dict[tuple[str, bool], _Known] = field(default_factory=dict)
    _windows: RollingWindows = field(default_factory=RollingWindows)

    async def check(
        self,
        presented: str | None,
        address: str,
        method: str,
        limit: int,
        refusal: int,
        *,
        bearer: bool = False,
    ) -> ApiKey:
        """Raises the answer when the key is refused. A `limit` of 0 means none. A `bearer` may
        present an access token of the key in its place."""
        key = await self._authenticate(presented, address, bearer=bearer)
        if limit:
            seconds = self._windows.wait(key.id, self.monotonic(), limit)
            if seconds:
                raise RateLimited(seconds, refusal)
        if key.read_only and method not in READING:
            raise Forbidden("This key may only read")
        return key

    async def _authenticate(self, presented: str | None, address: str, *, bearer: bool) -> ApiKey:
        if not presented:
            raise Unauthenticated
        digest = digest_of(presented)
        now = self.monotonic()
        known = self._known.get((digest, bearer))
        if known is not None and self._is_fresh(known, now):
            return known.key
        self.guesses.admit(address, presented)
        key = await self.database.read(self._lookup(digest, bearer=bearer))
        self.guesses.note(address, presented, right=key is not None)
        if key is None:
            self._known.pop((digest, bearer), None)
            raise Unauthenticated
        if len(self._known) >= MANY:
            self._known.clear()  # they are looked up again
        self._known[digest, bearer] = _Known(key, now)
        return key

    def _is_fresh(self, known: _Known, now: float) -> bool:
        ends_at = known.key.ends_at
        return now - known.checked < TRUSTED_SECONDS and (ends_at is None or self.clock() < ends_at)

    def _lookup(self, digest: str, *, bearer: bool) -> Callable[[Connection], ApiKey | None]:
        if bearer:
            now = self.clock()
            return lambda connection: find_bearer(connection, digest, now)
        return lambda connection: find_key(connection, digest)


def presented_key(authorization: str | None, api_key: str | None) -> str | None:
    """The three forms: `OAuth <key>` in any case, the bare key, and the query's `api_key`."""
    if authorization:
        scheme, _, rest = authorization.strip().partition(" ")
        return rest.strip() if scheme.lower() == "oauth" else authorization.strip()
    return api_key
