"""A cache of documents: each is made once and served until what it was made from changes.

A document is trusted as long as this process has committed nothing since it was checked, and for a
second at most, since other processes may write too and time goes by. A check reads its version,
which costs next to nothing; only when that is another one is the document made anew. An exact one
is checked each time: whoever has written reads what they wrote, whichever process answers.
"""

import asyncio
import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from statuspage_server.storage.database import Database

TRUSTED_SECONDS = 1.0
# Anyone can ask for documents in endless variety: those that were not asked for longest go first.
MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a document is made. `version` and `make` raise NotFound for what is not there."""

    key: Hashable
    version: Callable[[Connection], Hashable]
    make: Callable[[Connection], bytes]
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class CachedDocument:
    body: bytes
    zipped: bytes
    etag: str

    @classmethod
    def of(cls, body: bytes) -> "CachedDocument":
        digest = hashlib.sha256(body).hexdigest()[:32]
        return cls(body, gzip.compress(body, compresslevel=6, mtime=0), f'W/"{digest}"')

    @classmethod
    def plain(cls, body: bytes) -> "CachedDocument":
        """One that is not packed, and whose reader compares nothing."""
        return cls(body, b"", "")


@dataclass(frozen=True, slots=True)
class _Checked:
    document: CachedDocument
    version: Hashable
    commits: int
    at: float


@dataclass(slots=True)
class _Place:
    known: _Checked | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def size(self) -> int:
        document = self.known.document if self.known else None
        return len(document.body) + len(document.zipped) if document else 0


class DocumentCache:
    def __init__(self, database: Database, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._monotonic = monotonic
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()

    async def get(self, recipe: Recipe) -> CachedDocument:
        place = self._places.setdefault(recipe.key, _Place())
        self._places.move_to_end(recipe.key)
        if place.known is not None and self._is_trusted(place.known, recipe):
            return place.known.document
        # One of the waiting requests reads the database; the others use what it found.
        async with place.lock:
            known = place.known
            if known is None or not self._is_trusted(known, recipe):
                try:
                    known = place.known = await self._check(recipe, known)
                except BaseException:
                    self._places.pop(recipe.key, None)
                    raise
                self._make_room()
        return known.document

    def _make_room(self) -> None:
        held = sum(place.size for place in self._places.values())
        while held > MOST_BYTES and len(self._places) > 1:
            _, place = self._places.popitem(last=False)
            held -= place.size

    def _is_trusted(self, known: _Checked, recipe: Recipe) -> bool:
        return (
            not recipe.is_exact
            and known.commits == self._database.commits
            and self._monotonic() - known.at < TRUSTED_SECONDS
        )

    async def _check(self, recipe: Recipe, known: _Checked | None) -> _Checked:
        commits, at = self._database.commits, self._monotonic()
        if known is not None:
            version = await self._database.read(recipe.version)
            if version == known.version:
                return replace(known, commits=commits, at=at)

        def work(connection: Connection) -> _Checked:
            version = recipe.version(connection)
            made = CachedDocument.plain if recipe.is_exact else CachedDocument.of
            document = made(recipe.make(connection))
            return _Checked(document, version, commits, at)

        return await self._database.read(work)
