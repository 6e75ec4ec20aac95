"""Which version of the API is spoken."""

import logging
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass

from .errors import NotFound, OtherVersion
from .kept_file import KeptFile
from .transport import Transport
from .versions import AUTO, Version

logger = logging.getLogger(__name__)

KNOWN_FOR = 24 * 3600.0


@dataclass(slots=True)
class VersionInUse:
    """The version that was asked for, or the one that answers; that is remembered for a day."""

    transport: Transport
    asked_for: str = AUTO
    file: KeptFile | None = None
    _found: Version | None = None

    async def get(self) -> Version:
        """Return the version, with one request at most."""
        if self._found is None:
            wanted = None if self.asked_for == AUTO else Version(self.asked_for)
            self._found = wanted or await self._remembered()
        return self._found

    async def needs(self, version: Version, what: str) -> None:
        """Raise `OtherVersion` unless this version is spoken."""
        if await self.get() is not version:
            other = Version.V2 if version is Version.V1 else Version.V1
            raise OtherVersion(f"{what} {version} of the API alone, and {other} is spoken here.")

    async def _remembered(self) -> Version:
        async with AsyncExitStack() as stack:
            content = None
            if self.file is not None:
                # Without it where the home cannot be written to.
                with suppress(OSError):
                    content = await stack.enter_async_context(self.file.held())
            now = self.transport.clock.utc().timestamp()
            kept = content.read() if content else {}
            at, version = kept.get("at"), kept.get("version")
            if isinstance(at, int | float) and 0 <= now - at < KNOWN_FOR and version in Version:
                return Version(str(version))
            found = await self._tried()
            logger.info("Nobl9 answers as %s of its API.", found)
            if content:
                content.write({"at": now, "version": found.value})
            return found

    async def _tried(self) -> Version:
        try:
            await self.transport.get("/disruptions", {"state": "impacting", "limit": 1})
        except NotFound:
            return Version.V1
        return Version.V2
