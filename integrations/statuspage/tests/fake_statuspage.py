"""Statuspage as the tests see it: it answers what it was told to, and nothing else."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import httpx

from statuspage.client import StatuspageClient
from statuspage.pacing import LocalWindow, Pacer
from statuspage.transport import KeyAuth, Transport

from .virtual_time import clock, now

HOST = "https://api.statuspage.io"
KEY = "made-up-key-0815-4711"

type Answer = httpx.Response | Exception


class UnexpectedRequest(AssertionError):
    """A request that no test prepared."""


class FakeStatuspage:
    """Answers each request with what was prepared for its address, in that order."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.moments: list[float] = []
        self._prepared: dict[str, deque[Answer]] = {}
        self._lists: dict[str, Sequence[Any]] = {}

    def answers(self, url: str, *answers: Answer) -> None:
        """Prepare answers for a path of the manage API, or for any whole address."""
        self._prepared.setdefault(_absolute(url), deque()).extend(answers)

    def lists(self, path: str, items: Sequence[Any]) -> None:
        """Serve `items` in pages, as often as they are asked for."""
        self._lists[_absolute(path)] = items

    @property
    def unused(self) -> list[str]:
        """The addresses for which more was prepared than was asked."""
        return [url for url, answers in self._prepared.items() if answers]

    @property
    def asked(self) -> list[str]:
        """What was asked so far, each as `GET /path?query`."""
        return [f"{r.method} {r.url.raw_path.decode()}" for r in self.requests]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.moments.append(now())
        url = str(request.url.copy_with(query=None))
        if prepared := self._prepared.get(url):
            answer = prepared.popleft()
            if isinstance(answer, Exception):
                raise answer
            return answer
        if url in self._lists:
            return httpx.Response(200, json=_page(request, self._lists[url]))
        raise UnexpectedRequest(f"{request.method} {request.url}")


def _absolute(url: str) -> str:
    return HOST + url if url.startswith("/") else url


def _page(request: httpx.Request, items: Sequence[Any]) -> Sequence[Any]:
    query = request.url.params
    size = int(query.get("per_page") or query["limit"])
    begins_with = 0 if request.url.path.endswith("/subscribers") else 1
    first = (int(query["page"]) - begins_with) * size
    return items[first : first + size]


def objects(count: int, prefix: str = "item") -> list[dict[str, Any]]:
    """Return so many objects, each with an id of its own."""
    return [{"id": f"{prefix}{number}"} for number in range(count)]


def ok(content: Any) -> httpx.Response:
    """Return a good answer."""
    return httpx.Response(200, json=content)


def transport_to(
    fake: Callable[[httpx.Request], httpx.Response], *, limit: int = 60, reserve: int = 0
) -> Transport:
    """Return a transport on virtual time whose requests all end at `fake`."""
    time = clock()
    return Transport(
        http=httpx.AsyncClient(transport=httpx.MockTransport(fake)),
        host=HOST,
        auth=KeyAuth(KEY),
        pacer=Pacer(LocalWindow(time), time, limit=limit, reserve=reserve),
        clock=time,
        jitter=lambda: 1.0,
    )


def client_of(
    fake: Callable[[httpx.Request], httpx.Response], *, limit: int = 60, reserve: int = 0
) -> StatuspageClient:
    """Return a client on virtual time whose requests all end at `fake`."""
    return StatuspageClient(transport_to(fake, limit=limit, reserve=reserve))
