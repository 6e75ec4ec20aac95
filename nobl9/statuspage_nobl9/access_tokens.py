"""The access token: asked for once in its hour, by all processes of a user together.

It is valid for an hour, and may be asked for once in 3 seconds by an organization:
https://docs.nobl9.com/api/access-token/generate-access-token
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from statuspage import Clock

from .kept_file import KeptFile

VALID_FOR = 3600.0
# A token that a request is sent with just before its end would be refused.
MARGIN = 120.0
BETWEEN_TWO = 3.0

type Ask = Callable[[], Awaitable[dict[str, Any]]]


class Content(Protocol):
    """What holds the token between two requests."""

    def read(self) -> dict[str, Any]:
        """Return what was written."""

    def write(self, content: dict[str, Any]) -> None:
        """Replace it."""


@dataclass(slots=True)
class InMemory:
    """Holds it for this process, where no file can be written."""

    content: dict[str, Any] = field(default_factory=dict)

    def read(self) -> dict[str, Any]:
        """Return what was written."""
        return self.content

    def write(self, content: dict[str, Any]) -> None:
        """Replace it."""
        self.content = content


@dataclass(slots=True)
class AccessTokens:
    """Hands out the token; `ask` asks Nobl9 for one."""

    ask: Ask
    clock: Clock
    file: KeptFile | None
    _memory: InMemory = field(default_factory=InMemory)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def get(self, *, refused: str = "") -> str:
        """Return a token that is valid; `refused` is one that is not, whatever its time says."""
        async with self._turn:
            if token := self._usable(self._memory.read(), refused):
                return token
            async with self._held() as content:
                token = self._usable(content.read(), refused) or await self._asked(content)
                self._memory.write(content.read())
                return token

    @asynccontextmanager
    async def _held(self) -> AsyncIterator[Content]:
        async with AsyncExitStack() as stack:
            content: Content = self._memory
            if self.file is not None:
                try:
                    content = await stack.enter_async_context(self.file.held())
                except OSError:
                    # A home that cannot be written to, as in a container or on Lambda.
                    self.file = None
            yield content

    async def _asked(self, content: Content) -> str:
        now = self.clock.utc().timestamp()
        since = now - _number(content.read().get("asked_at"))
        if 0 <= since < BETWEEN_TWO:
            await self.clock.sleep(BETWEEN_TWO - since)
            now = self.clock.utc().timestamp()
        # Before it is asked, so that a refusal counts as well.
        content.write({"asked_at": now})
        answer = await self.ask()
        lasts = _number(answer.get("expires_in")) or VALID_FOR
        content.write(
            {
                "asked_at": now,
                "valid_until": now + min(lasts, VALID_FOR),
                "access_token": answer["access_token"],
            }
        )
        return str(answer["access_token"])

    def _usable(self, content: dict[str, Any], refused: str) -> str | None:
        now = self.clock.utc().timestamp()
        token, asked_at = content.get("access_token"), _number(content.get("asked_at"))
        # A clock that was turned back makes no token last longer.
        fresh = asked_at <= now < _number(content.get("valid_until")) - MARGIN
        return token if fresh and isinstance(token, str) and token != refused else None


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
