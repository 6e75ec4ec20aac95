"""Asks a source, a few times where that makes sense, and says in a sentence why it could not."""

import asyncio
import logging
import time
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


@dataclass(slots=True)
class Endpoint:
    """The API of one account."""

    account: Account
    http: httpx.AsyncClient
    address: str
    headers: httpx.Headers = field(repr=False)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    # When there are requests again, once an answer said that it was the last.
    _more_at: float = 0.0

    async def get(self, path: str, asked: Mapping[str, str | Sequence[str]]) -> Any:
        """Return what the source answers."""
        return await self._ask("GET", path, params=dict(asked))

    async def write(self, method: str, path: str, content: Any = None) -> Any:
        """Change something at the source, once: again only where it surely had no effect."""
        return await self._ask(method, path, json=content)

    async def _ask(self, method: str, path: str, **given: Any) -> Any:
        for attempt in range(1, ATTEMPTS + 1):
            await self._wait_for_more()
            wait: float | None = 0.5 * attempt
            try:
                answer = await self.http.request(
                    method,
                    f"{self.address}{path}",
                    headers=self.headers,
                    timeout=TIMEOUT,
                    **given,
                )
            except httpx.HTTPError as error:
                why = f"cannot be reached: {type(error).__name__}"
                had_no_effect = isinstance(error, httpx.ConnectError)
            else:
                self._note_quota(answer)
                if answer.is_success:
                    return self._content(answer)
                why = f"answered {answer.status_code}"
                wait = _wait(answer, attempt)
                had_no_effect = answer.status_code == 429
            if attempt == ATTEMPTS or wait is None or wait > LONGEST_WAIT:
                break
            if method != "GET" and not had_no_effect:
                break
            log.info("%s %s. Asking again in %.1f s.", self.account, why, wait)
            await self.sleep(wait)
        raise SourceUnread(f"{self.account} {why}.{_advice(why)}")

    async def _wait_for_more(self) -> None:
        wait = self._more_at - self.monotonic()
        if wait > LONGEST_WAIT:
            raise SourceUnread(f"{self.account} allows no more requests for {wait:.0f} s.")
        if wait > 0:
            await self.sleep(wait)

    def _note_quota(self, answer: httpx.Response) -> None:
        """Remember that the quota, which others share, is spent."""
        reset = answer.headers.get("ratelimit-reset", "")
        if answer.headers.get("ratelimit-remaining") == "0" and _is_number(reset):
            self._more_at = self.monotonic() + float(reset)

    def _content(self, answer: httpx.Response) -> Any:
        if not answer.content:
            return None
        try:
            return answer.json()
        except (ValueError, RecursionError) as error:
            raise SourceUnread(f"{self.account} answered with something else than JSON.") from error


def _wait(answer: httpx.Response, attempt: int) -> float | None:
    """Return how long to wait before asking again, None where that is no use."""
    if answer.status_code == 429:
        told = answer.headers.get("ratelimit-reset") or answer.headers.get("retry-after", "")
        return float(told) if _is_number(told) else 2.0 * attempt
    return 0.5 * attempt if answer.status_code >= 500 else None


def _is_number(told: str) -> bool:
    return told.isascii() and told.isdigit() and len(told) < 10


def _advice(why: str) -> str:
    if why.endswith((" 401", " 403")):
        return " Check its key, and whether the address fits its region."
    return ""
