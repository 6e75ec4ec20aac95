"""Small files that processes of one user share: readable for that user alone, one at a time."""

import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from statuspage import Clock

from .errors import Busy

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


# Longer than a request with all its retries should take.
PATIENCE = 120.0
LOOKS_EVERY = 0.1


@dataclass(frozen=True, slots=True)
class Held:
    """A file that no other process reads or writes meanwhile."""

    _file: IO[str]

    def read(self) -> dict[str, Any]:
        """Return what it holds; what cannot be read is nothing."""
        self._file.seek(0)
        with suppress(ValueError, RecursionError):
            content = json.load(self._file)
            if isinstance(content, dict):
                return content
        return {}

    def write(self, content: dict[str, Any]) -> None:
        """Replace what it holds."""
        self._file.seek(0)
        self._file.truncate()
        json.dump(content, self._file)
        self._file.flush()


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file. It is its own lock, which ends with whoever holds it, however that ends."""

    path: Path
    clock: Clock = field(default_factory=Clock)

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Held]:
        """Wait until no other holds it."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
            # It may have been there, and open to others.
            self.path.chmod(0o600)
            await self._lock(file)
            yield Held(file)

    async def _lock(self, file: IO[str]) -> None:
        waited = 0.0
        while True:
            try:
                return _try_lock(file)
            except OSError:
                if waited >= PATIENCE:
                    raise Busy(
                        f"Another process has held {self.path} for {PATIENCE:g} s: end it, "
                        "or delete the file."
                    ) from None
                await self.clock.sleep(LOOKS_EVERY)
                waited += LOOKS_EVERY
