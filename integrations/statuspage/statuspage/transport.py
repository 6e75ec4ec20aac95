"""Sends requests to the API: authenticated, paced and retried. The one place that does I/O."""

import logging
import random
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

from . import answers, endpoints
from .answers import REASON_LENGTH
from .errors import RequestError, Throttled, Unreachable, UnusableAnswer, UnusableArgument
from .pacing import Clock, Pacer, Urgency
from .retrying import NO_RETRY, RetryPolicy

logger = logging.getLogger(__name__)

# Nothing of the request can have reached the server.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


class KeyAuth(httpx.Auth):
    """Puts the key on one request: https://developer.statuspage.io/#section/Authentication."""

    def __init__(self, api_key: str) -> None:
        if not api_key.isprintable() or any(character.isspace() for character in api_key):
            raise UnusableArgument("api_key", "has white space within, as no key has.")
        self._key = api_key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Set the header on this request alone, never on the client that others share."""
        request.headers["Authorization"] = f"OAuth {self._key}"
        yield request

    def hide(self, text: str) -> str:
        """Return `text` without the key, should a server have repeated it."""
        return text.replace(self._key, "[key]") if self._key else text


@dataclass(frozen=True, slots=True)
class Reading[T]:
    """What a request brought, and the clock's time when it was sent: it is no older than that."""

    content: T
    sent: float


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the public API, and the tag (ETag) by which its server knows it again."""

    content: Any
    tag: str | None


@dataclass(frozen=True, slots=True)
class Call:
    """What is sent, as often as it takes."""

    method: str
    url: str
    parameters: Mapping[str, str | int] | None = None
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] | None = None

    @property
    def name(self) -> str:
        """What errors and log lines call it: without the query, which is nobody's business."""
        return f"{self.method} {httpx.URL(self.url).path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """Everything a request needs, made elsewhere."""

    http: httpx.AsyncClient
    host: str
    auth: KeyAuth
    pacer: Pacer
    clock: Clock = field(default_factory=Clock)
    policy: RetryPolicy = field(default_factory=RetryPolicy)
    urgency: Urgency = Urgency.BULK
    jitter: Callable[[], float] = random.random

    def __post_init__(self) -> None:
        """Refuse a host that no request could go to."""
        endpoints.base_address(self.host)

    async def get(self, path: str, parameters: Mapping[str, str | int] | None = None) -> Any:
        """Read from the manage API; counts against the key's quota."""
        return (await self.read(path, parameters)).content

    async def read(
        self, path: str, parameters: Mapping[str, str | int] | None = None
    ) -> Reading[Any]:
        """Read from the manage API, and tell when."""
        call = Call("GET", self.host + path, parameters)
        return await self._send(call, self.policy, counted=True)

    async def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Write to the manage API; sent again only where the first one surely had no effect."""
        return await self._write("POST", path, body)

    async def put(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Replace something; sent again under the rule of `post`, although it might be safe."""
        return await self._write("PUT", path, body)

    async def patch(self, path: str, body: Mapping[str, Any]) -> Any:
        """Change something; sent again under the rule of `post`."""
        return await self._write("PATCH", path, body)

    async def delete(self, path: str, parameters: Mapping[str, str | int] | None = None) -> Any:
        """Delete by the manage API; sent again only where the first one surely had no effect."""
        call = Call("DELETE", self.host + path, parameters)
        return (await self._send(call, self.policy, counted=True)).content

    async def _write(self, method: str, path: str, body: Mapping[str, Any] | None) -> Any:
        call = Call(method, self.host + path, body=body)
        return (await self._send(call, self.policy, counted=True)).content

    async def get_public(self, url: str) -> Any:
        """Read from the public API: without the key, outside its quota, and only once.

        Who asks there has another source, and must not wait for a host that is walled off.
        """
        return (await self._send(Call("GET", url), NO_RETRY, counted=False)).content

    async def get_public_if_changed(self, url: str, tag: str | None) -> Document | None:
        """Read as `get_public` does; None when it is still what it was under that tag."""
        call = Call("GET", url, headers=None if tag is None else {"If-None-Match": tag})
        response = await self._answer(call, auth=None)
        shown = response.headers.get("etag")
        # Some servers send it all once more.
        if tag is not None and (response.status_code == 304 or shown == tag):
            return None
        return Document(self._decoded(call, response), shown)

    async def _send(self, call: Call, policy: RetryPolicy, *, counted: bool) -> Reading[Any]:
        for attempt in count(1):
            try:
                return await self._send_once(call, counted=counted)
            except RequestError as error:
                wait = policy.wait_before_retry(
                    error, method=call.method, attempt=attempt, jitter=self.jitter()
                )
                if wait is None:
                    raise
                logger.warning("%s Trying again in %.1f s.", error, wait)
                if counted and isinstance(error, Throttled):
                    # The quota is the key's: everyone waits, and we with them, for our next slot.
                    await self.pacer.pause(wait)
                else:
                    await self.clock.sleep(wait)
        raise AssertionError("counting never ends")

    async def _send_once(self, call: Call, *, counted: bool) -> Reading[Any]:
        slot: AbstractAsyncContextManager[None] = (
            self.pacer.slot(self.urgency) if counted else nullcontext()
        )
        async with slot:
            sent = self.clock.now()
            response = await self._answer(call, self.auth if counted else None)
        return Reading(self._decoded(call, response), sent)

    def _decoded(self, call: Call, response: httpx.Response) -> Any:
        return answers.decode(
            call.name,
            response.status_code,
            response.headers,
            response.content,
            now=self.clock.utc(),
            hide=self.auth.hide,
        )

    async def _answer(self, call: Call, auth: KeyAuth | None) -> httpx.Response:
        name = call.name
        request = self.http.build_request(
            call.method,
            call.url,
            params=call.parameters,
            json=call.body,
            headers=call.headers,
            # Ocean's clients have a retry loop of their own; this keeps it to ours.
            extensions={"skip_retry": True},
        )
        try:
            response = await self.http.send(request, auth=auth, stream=True, follow_redirects=False)
        except NOT_SENT as error:
            why = " ".join(str(error).split())[:REASON_LENGTH] or type(error).__name__
            problem = f"no connection to {request.url.host} ({why})"
            raise Unreachable(name, problem, sent=False) from None
        except httpx.TimeoutException:
            raise Unreachable(name, "it took too long", sent=True) from None
        except httpx.TransportError as error:
            raise Unreachable(
                name, f"the connection broke ({type(error).__name__})", sent=True
            ) from None
        try:
            await response.aread()
        except httpx.DecodingError:
            raise UnusableAnswer(name, "its compression is broken") from None
        except httpx.TransportError:
            raise UnusableAnswer(name, "it was cut short", transient=True) from None
        finally:
            await response.aclose()
        # The stream refers back to the response. Without it, a body that was read goes as soon as
        # nobody needs it, instead of waiting for the garbage collector.
        response.stream = httpx.ByteStream(b"")
        return response
