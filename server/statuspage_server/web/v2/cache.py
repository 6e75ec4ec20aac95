"""A cache of the public documents: each is made once and served until its page changes.

A document is trusted as long as this process has committed nothing since it was checked, and for a
second at most, since other processes may write too. A check reads one number, the page's revision.
"""

import asyncio
import gzip
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic_core import to_json
from sqlalchemy import Connection

from statuspage_server.storage.database import Database
from statuspage_server.storage.pages import find_page, read_revision
from statuspage_server.web.v2.documents import make_document

TRUSTED_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class CachedDocument:
    body: bytes
    zipped: bytes
    etag: str
    revision: int
    public_url: str


@dataclass(frozen=True, slots=True)
class _Checked:
    document: CachedDocument
    commits: int
    at: float


class DocumentCache:
    def __init__(
        self,
        database: Database,
        public_url: Callable[[], str],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._public_url = public_url
        self._monotonic = monotonic
        self._checked: dict[tuple[str, str], _Checked] = {}
        self._locks: dict[tuple[str, str], asyncio.Lock] = {}

    async def get(self, page_id: str, name: str) -> CachedDocument:
        """Raises NotFound for a page that is not there."""
        key = (page_id, name)
        known = self._checked.get(key)
        if known is not None and self._is_trusted(known):
            return known.document
        # One of the waiting requests reads the database; the others use what it found.
        async with self._locks.setdefault(key, asyncio.Lock()):
            known = self._checked.get(key)
            if known is not None and self._is_trusted(known):
                return known.document
            try:
                return await self._check(key, known)
            except BaseException:
                self._checked.pop(key, None)
                self._locks.pop(key, None)
                raise

    def _is_trusted(self, known: _Checked) -> bool:
        return (
            known.commits == self._database.commits
            and self._monotonic() - known.at < TRUSTED_SECONDS
            and known.document.public_url == self._public_url()
        )

    async def _check(self, key: tuple[str, str], known: _Checked | None) -> CachedDocument:
        page_id, name = key
        commits, at, url = self._database.commits, self._monotonic(), self._public_url()
        if known is not None and known.document.public_url == url:
            revision = await self._database.read(lambda c: read_revision(c, page_id))
            if revision == known.document.revision:
                self._checked[key] = replace(known, commits=commits, at=at)
                return known.document
        document = await self._database.read(lambda c: _make(c, page_id, name, url))
        self._checked[key] = _Checked(document, commits, at)
        return document


def _make(connection: Connection, page_id: str, name: str, url: str) -> CachedDocument:
    page = find_page(connection, page_id)
    parts = make_document(connection, page, name, url)
    body = to_json(parts)
    digest = hashlib.sha256(body).hexdigest()[:32]
    zipped = gzip.compress(body, compresslevel=6, mtime=0)
    return CachedDocument(body, zipped, f'W/"{digest}"', page.revision, url)
