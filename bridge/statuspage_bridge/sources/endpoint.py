"""Asks a source, a few times where that makes sense, and says in a sentence why it could not."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from statuspage_bridge.core.alert import Account
from statuspage_bridge.errors import SourceUnread

log = logging.getLogger(__name__)

ATTEMPTS = 3
# The rounds of the bridge come back by themselves: nobody waits longer than this in one.
LONGEST_WAIT = 10.0
TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The API of one account."""

    account: Account
    http: httpx.AsyncClient
    address: str
    headers: httpx.Headers = field(repr=False)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def get(self, path: str, asked: Mapping[str, str | Sequence[str]]) -> Any:
        """Return what the source answers."""
        for attempt in range(1, ATTEMPTS + 1):
            wait: float | None = 0.5 * attempt
            try:
                answer = await self.http.get(
                    f"{self.address}{path}",
                    params=dict(asked),
                    headers=self.headers,
                    timeout=TIMEOUT,
                )
            except httpx.HTTPError as error:
                why = f"cannot be reached: {type(error).__name__}"
            else:
                if answer.is_success:
                    return self._content(answer)
                why = f"answered {answer.status_code}"
                wait = _wait(answer, attempt)
            if attempt == ATTEMPTS or wait is None or wait > LONGEST_WAIT:
                break
            log.info("%s %s. Asking again in %.1f s.", self.account, why, wait)
            await self.sleep(wait)
        raise SourceUnread(f"{self.account} {why}.{_advice(why)}")

    def _content(self, answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError as error:
            raise SourceUnread(f"{self.account} answered with something else than JSON.") from error


def _wait(answer: httpx.Response, attempt: int) -> float | None:
    """Return how long to wait before asking again, None where that is no use."""
    if answer.status_code == 429:
        told = answer.headers.get("ratelimit-reset") or answer.headers.get("retry-after")
        return float(told) if told and told.isdigit() else 2.0 * attempt
    return 0.5 * attempt if answer.status_code >= 500 else None


def _advice(why: str) -> str:
    if why.endswith((" 401", " 403")):
        return " Check its key, and whether the address fits its region."
    return ""
