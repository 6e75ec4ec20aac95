"""Sends requests to Nobl9: signed in and retried. The one place that does I/O."""

import json
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from statuspage import Clock, answers

from .access_tokens import AccessTokens
from .address import ACCESS_TOKEN, STATUS_PAGE
from .credentials import Credentials
from .errors import (
    CredentialsRejected,
    NoAnswer,
    RequestFailed,
    UnusableAnswer,
    refusal,
)
from .kept_file import KeptFile
from .retrying import Retries, may_have_had_effect

logger = logging.getLogger(__name__)

# Nothing of the request can have reached the server.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
ACCEPT = "application/json; version=v1alpha"

type Parameters = Mapping[str, str | int]
type Body = Mapping[str, Any]
type Look = Callable[[], Awaitable[Any | None]]
"""Looks whether a write had its effect; returns what its answer would have been, or None."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is sent, as often as it takes."""

    method: str
    path: str
    parameters: Parameters | None = None
    body: Body | None = None
    basic: bool = False

    @property
    def name(self) -> str:
        """What errors and log lines call it."""
        return f"{self.method} {self.path.removeprefix('/api/dashboards/v1')}"


@dataclass(slots=True)
class Transport:
    """Everything a request needs, made elsewhere. `address` stands before `/api`."""

    http: httpx.AsyncClient
    address: str
    credentials: Credentials
    clock: Clock = field(default_factory=Clock)
    retries: Retries = field(default_factory=Retries)
    token_file: KeptFile | None = None
    jitter: Callable[[], float] = random.random
    tokens: AccessTokens = field(init=False)

    def __post_init__(self) -> None:
        """Ask for access tokens by this way as well."""
        self.tokens = AccessTokens(self._new_token, self.clock, self.token_file)

    async def get(self, path: str, parameters: Parameters | None = None) -> Any:
        """Read something below the status page."""
        return await self._send(Call("GET", STATUS_PAGE + path, parameters))

    async def post(
        self, path: str, body: Body, *, look: Look | None = None, basic: bool = False
    ) -> Any:
        """Write something below the status page.

        `basic` sends the client credentials themselves, where there are any.
        """
        basic = basic and self.credentials.are_a_pair
        return await self._send(Call("POST", STATUS_PAGE + path, body=body, basic=basic), look)

    async def _new_token(self) -> dict[str, Any]:
        call = Call("POST", ACCESS_TOKEN, basic=True)
        content = await self._send(call)
        if not isinstance(content, dict) or not isinstance(content.get("access_token"), str):
            raise UnusableAnswer(call.name, "it holds no access token")
        return content

    async def _send(self, call: Call, look: Look | None = None) -> Any:
        retries, refused = 0, ""
        while True:
            # What fails here has been tried again already.
            token = await self._token(call, refused)
            try:
                return await self._answer(call, token)
            except CredentialsRejected:
                # A token may have been taken back before its time: then another one works.
                if refused or call.basic or not self.credentials.are_a_pair:
                    raise
                refused = token
                continue
            except RequestFailed as error:
                wait = self.retries.wait_before_retry(error, retries=retries, jitter=self.jitter())
                if wait is None:
                    raise
                logger.warning("%s Trying again in %.1f s.", error, wait)
                await self.clock.sleep(wait)
                retries += 1
                if look is not None and may_have_had_effect(error):
                    found = await _looked(look)
                    if found is not None:
                        return found

    async def _token(self, call: Call, refused: str) -> str:
        if call.basic:
            return ""
        if self.credentials.are_a_pair:
            return await self.tokens.get(refused=refused)
        return self.credentials.api_token

    async def _answer(self, call: Call, token: str) -> Any:
        name = call.name
        request = self.http.build_request(
            call.method,
            self.address + call.path,
            params=call.parameters,
            json=call.body,
            headers={
                "Accept": ACCEPT,
                "Authorization": self.credentials.basic if call.basic else f"Bearer {token}",
                "Organization": self.credentials.organization,
            },
        )
        try:
            response = await self.http.send(request, auth=None, follow_redirects=False)
        except NOT_SENT as error:
            why = self._hidden(str(error), token) or type(error).__name__
            raise NoAnswer(
                name, f"no connection to {request.url.host} ({why})", sent=False
            ) from None
        except httpx.TimeoutException:
            raise NoAnswer(name, "it took too long", sent=True) from None
        except httpx.TransportError as error:
            problem = f"the connection broke ({type(error).__name__})"
            raise NoAnswer(name, problem, sent=True) from None
        except httpx.DecodingError:
            raise UnusableAnswer(name, "its compression is broken") from None
        return self._decoded(name, response, token)

    def _decoded(self, name: str, response: httpx.Response, token: str) -> Any:
        if 300 <= response.status_code < 400:
            raise UnusableAnswer(name, f"it is a redirect ({response.status_code})")
        if not response.is_success:
            said = answers.reason(response.content, lambda text: self._hidden(text, token))
            asked = answers.retry_after(response.headers, now=self.clock.utc())
            raise refusal(name, response.status_code, said, asked)
        if response.status_code == 204 or not response.content.strip():
            return None
        try:
            return json.loads(response.content)
        except (ValueError, RecursionError):
            raise UnusableAnswer(name, "it is not JSON") from None

    def _hidden(self, text: str, token: str) -> str:
        line = " ".join(self.credentials.hide(text).split())[: answers.REASON_LENGTH * 10]
        return line.replace(token, "[hidden]") if token else line


async def _looked(look: Look) -> Any | None:
    """Return what a look found; where it cannot be looked, the write is repeated."""
    try:
        return await look()
    except RequestFailed as error:
        logger.warning("Whether it worked cannot be seen. %s", error)
        return None
