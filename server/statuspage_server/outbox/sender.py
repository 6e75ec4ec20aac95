"""Sending one notification: the only requests that the server itself makes."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import httpx

from statuspage_server import __version__
from statuspage_server.core.addresses import is_public
from statuspage_server.core.delivery import CONNECT_SECONDS, TIMEOUT_SECONDS, is_delivered

type Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


async def resolve(host: str, port: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def sender_client() -> httpx.AsyncClient:
    """Follows no redirect, and no proxy from the environment: it would hide the address."""
    timeout = httpx.Timeout(TIMEOUT_SECONDS, connect=CONNECT_SECONDS)
    return httpx.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=False)


class WebhookSender:
    """Delivers to the very address it has checked, so that a name cannot change in between."""

    def __init__(self, client: httpx.AsyncClient, resolve: Resolve = resolve) -> None:
        self._client = client
        self._resolve = resolve

    async def close(self) -> None:
        await self._client.aclose()

    async def deliver(
        self, endpoint: str, payload: dict[str, Any], *, allow_private: bool
    ) -> str | None:
        """None when it was delivered, else why not, in a few words for the log."""
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                return await self._deliver(endpoint, payload, allow_private=allow_private)
        except TimeoutError:
            return f"no answer within {TIMEOUT_SECONDS:.0f} seconds"
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
            return type(error).__name__

    async def _deliver(
        self, endpoint: str, payload: dict[str, Any], *, allow_private: bool
    ) -> str | None:
        url = httpx.URL(endpoint)
        port = url.port or (443 if url.scheme == "https" else 80)
        # Each once, and first the one that the resolver would try first.
        addresses = list(dict.fromkeys(await self._resolve(url.host, port)))
        if not allow_private and not all(is_public(address) for address in addresses):
            return "its name leads to a private address, which is not allowed"
        content = json.dumps(payload, ensure_ascii=False).encode()
        trouble = "its name leads to no address"
        for address in addresses:
            try:
                status = await self._post(url, address, content)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                # Nothing was sent yet, so the next may have it.
                trouble = type(error).__name__
            else:
                return None if is_delivered(status) else f"status {status}"
        return trouble

    async def _post(self, url: httpx.URL, address: str, content: bytes) -> int:
        request = self._client.build_request(
            "POST",
            url.copy_with(host=address),
            content=content,
            headers={
                "Host": url.netloc.decode("ascii"),
                "Content-Type": "application/json",
                "User-Agent": f"statuspage-server/{__version__}",
            },
            extensions={"sni_hostname": url.host},
        )
        response = await self._client.send(request, stream=True)
        await response.aclose()
        return response.status_code
