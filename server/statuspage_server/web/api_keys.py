"""The API key of a request: known, allowed to write, and within its rate limit?"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from statuspage_server.core.window import RollingWindow
from statuspage_server.errors import Forbidden, RateLimited, Unauthenticated
from statuspage_server.storage.database import Database
from statuspage_server.storage.keys import ApiKey, digest_of, find_key
from statuspage_server.web.guesses import Guesses

# A revoked key is refused within a second by every instance.
TRUSTED_SECONDS = 1.0
READING = frozenset({"GET", "HEAD", "OPTIONS"})
MANY = 10_000


@dataclass(slots=True)
class _Known:
    key: ApiKey
    checked: float


@dataclass
class ApiKeys:
    """A cache of keys, each with the rolling window of its requests. Both are per process."""

    database: Database
    guesses: Guesses
    monotonic: Callable[[], float] = time.monotonic
    _known: dict[str, _Known] = field(default_factory=dict)
    _windows: dict[str, RollingWindow] = field(default_factory=dict)

    async def check(
        self, presented: str | None, address: str, method: str, limit: int, refusal: int
    ) -> ApiKey:
        """Raises the answer when the key is refused. A `limit` of 0 means none."""
        key = await self._authenticate(presented, address)
        if limit:
            now = self.monotonic()
            seconds = self._window(key.id, now).wait(now, limit)
            if seconds:
                raise RateLimited(seconds, refusal)
        if key.read_only and method not in READING:
            raise Forbidden("This key may only read")
        return key

    async def _authenticate(self, presented: str | None, address: str) -> ApiKey:
        if not presented:
            raise Unauthenticated
        digest = digest_of(presented)
        now = self.monotonic()
        known = self._known.get(digest)
        if known is not None and now - known.checked < TRUSTED_SECONDS:
            return known.key
        self.guesses.admit(address, presented)
        key = await self.database.read(lambda connection: find_key(connection, digest))
        self.guesses.note(address, presented, right=key is not None)
        if key is None:
            self._known.pop(digest, None)
            raise Unauthenticated
        self._known[digest] = _Known(key, now)
        return key

    def _window(self, key_id: str, now: float) -> RollingWindow:
        if len(self._windows) > MANY:
            for window in self._windows.values():
                window.forget(now)
            self._windows = {id_: w for id_, w in self._windows.items() if not w.is_idle}
        return self._windows.setdefault(key_id, RollingWindow())


def presented_key(authorization: str | None, api_key: str | None) -> str | None:
    """The three forms: `OAuth <key>` in any case, the bare key, and the query's `api_key`."""
    if authorization:
        scheme, _, rest = authorization.strip().partition(" ")
        return rest.strip() if scheme.lower() == "oauth" else authorization.strip()
    return api_key
