"""A proxy between two programs: it records requests, passes them on, and can make them fail."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

from launcher.addresses import HERE, url

# Longer than any program here takes to answer.
PATIENCE = 60.0
# What belongs to one connection and not to the message.
OF_THE_CONNECTION = {"connection", "keep-alive", "transfer-encoding"}

type Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """A request that came, by the clock that never jumps."""

    name: str
    at: float


@dataclass
class Failure:
    """Makes the requests that match a pattern fail, after some that pass; `times` None is all."""

    pattern: re.Pattern[str]
    fail: Callable[["_Handler"], None]
    after: int = 0
    times: int | None = 1
    hits: list[float] = field(default_factory=list)

    def applies_to(self, request: Request) -> bool:
        """Tell whether this request fails, and count it."""
        if not self.pattern.search(request.name) or self.times == len(self.hits):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.hits.append(request.at)
        return True


@dataclass
class Held:
    """A request that waits at the proxy."""

    arrived: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> None:
        assert self.arrived.wait(PATIENCE), "the request to hold never came"

    def release(self) -> None:
        """Let it go on."""
        self.released.set()


class Proxy:
    """An address that leads to another one, for as long as it is open."""

    def __init__(self, target: str) -> None:
        self.host = urlsplit(target).netloc
        self.requests: list[Request] = []
        self._failures: list[Failure] = []
        self._held: list[Held] = []
        self._lock = threading.Lock()
        self._server = _Server((HERE, 0), type("Handler", (_Handler,), {"proxy": self}))
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.restore()
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Where it listens."""
        return url(self._server.server_port)

    def fail(
        self,
        pattern: str,
        status: int,
        *,
        retry_after: str | None = None,
        after: int = 0,
        times: int | None = 1,
    ) -> Failure:
        """Answer requests itself, with an error status."""
        headers = [] if retry_after is None else [("retry-after", retry_after)]
        return self._add(pattern, lambda handler: handler.say(status, headers), after, times)

    def cut(self, pattern: str, *, after: int = 0, times: int | None = 1) -> Failure:
        """Close the connection in the middle of the answer."""
        return self._add(pattern, lambda handler: handler.pass_on(cut=True), after, times)

    def hold(self, pattern: str, *, after: int = 0) -> Held:
        """Keep one request waiting before it is passed on."""
        held = Held()
        self._held.append(held)

        def wait(handler: "_Handler") -> None:
            held.arrived.set()
            held.released.wait()
            handler.pass_on()

        self._add(pattern, wait, after, 1)
        return held

    def restore(self) -> None:
        """Remove all failures, release the requests that are held, and forget those that came."""
        with self._lock:
            self._failures.clear()
            self.requests.clear()
        while self._held:
            self._held.pop().release()

    def count(self, pattern: str) -> int:
        """Return how many requests came that a pattern finds."""
        with self._lock:
            return sum(bool(re.search(pattern, one.name)) for one in self.requests)

    def record(self, name: str) -> Failure | None:
        """Record a request; return the failure for it, if any."""
        with self._lock:
            self.requests.append(Request(name, time.monotonic()))
            return next((one for one in self._failures if one.applies_to(self.requests[-1])), None)

    def _add(
        self, pattern: str, fail: Callable[["_Handler"], None], after: int, times: int | None
    ) -> Failure:
        failure = Failure(re.compile(pattern), fail, after, times)
        with self._lock:
            self._failures.append(failure)
        return failure


class _Server(ThreadingHTTPServer):
    # Five by default: a connection more is tried again after a second, which looks as if the
    # integration had waited.
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: those who ask here are killed in the middle of it."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body go out in two writes, which must not wait for each other.
    disable_nagle_algorithm = True
    proxy: Proxy

    def answer(self) -> None:
        self.content = self.rfile.read(int(self.headers.get("content-length", 0)))
        failure = self.proxy.record(f"{self.command} {self.path}")
        try:
            if failure is None:
                self.pass_on()
            else:
                failure.fail(self)
        except OSError:
            # The client is gone: it was killed, or it gave up.
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 (http.server's names)

    def pass_on(self, *, cut: bool = False) -> None:
        connection = HTTPConnection(self.proxy.host, timeout=PATIENCE)
        try:
            connection.request(self.command, self.path, self.content, dict(self.headers.items()))
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException):
            # What is behind is down: its client sees a connection that breaks.
            self.close_connection = True
            return
        finally:
            connection.close()
        self._send(
            answer.status, _kept(answer), content, content[: len(content) // 2] if cut else content
        )
        self.close_connection |= cut

    def say(self, status: int, headers: Headers) -> None:
        content = b'{"ok": false, "error": "made to fail", "message": "made to fail"}'
        self._send(status, [("content-type", "application/json"), *headers], content, content)

    def _send(self, status: int, headers: Headers, content: bytes, sent: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_: object) -> None:
        pass


def _kept(answer: HTTPResponse) -> Headers:
    dropped = OF_THE_CONNECTION | {"content-length"}
    return [(name, value) for name, value in answer.getheaders() if name.lower() not in dropped]
