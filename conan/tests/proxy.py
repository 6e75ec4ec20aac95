"""A way to the server: it keeps what was asked, and can make a request fail."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """A request that came."""

    method: str
    path: str
    content: bytes
    authorization: str

    @property
    def body(self) -> Any:
        return json.loads(self.content)["incident"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the proxy says in the server's place; `carry_out` lets the server do it all the same.

    Without a status it says nothing, and hangs up.
    """

    status: int | None
    body: str = '{"error": "made to fail"}'
    headers: tuple[tuple[str, str], ...] = ()
    carry_out: bool = False


@dataclass
class Proxy:
    """What came, and what is said next in the server's place to requests that write."""

    target: str
    address: str = ""
    requests: list[Request] = field(default_factory=list)
    failures: list[Answer] = field(default_factory=list)

    @property
    def writes(self) -> list[Request]:
        return [request for request in self.requests if request.method != "GET"]

    def body(self) -> Any:
        """The body of the only request that wrote."""
        (write,) = self.writes
        return write.body

    def forget(self) -> None:
        self.requests.clear()
        self.failures.clear()


@contextmanager
def proxied(target: str, certificate: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """Open a way to the server, with TLS where there is a certificate."""
    proxy = Proxy(target)
    server = ThreadingHTTPServer((HERE, 0), type("Handler", (_Handler,), {"proxy": proxy}))
    server.daemon_threads = True
    # A client that does not trust the certificate hangs up; that is not worth a traceback.
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if certificate is not None:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
    proxy.address = f"{'https' if certificate else 'http'}://{HERE}:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    proxy: Proxy

    def answer(self) -> None:
        content = self.rfile.read(int(self.headers.get("content-length", 0)))
        authorization = self.headers.get("authorization", "")
        request = Request(self.command, self.path, content, authorization)
        self.proxy.requests.append(request)
        fails = self.command != "GET" and self.proxy.failures
        failure = self.proxy.failures.pop(0) if fails else None
        if failure is None or failure.carry_out:
            status, headers, body = self._ask(content)
        if failure is not None:
            if failure.status is None:
                self.close_connection = True
                return
            status, headers, body = failure.status, failure.headers, failure.body.encode()
        self.send_response_only(status)
        for name, value in (*headers, ("content-length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815 (http.server's names)

    def _ask(self, content: bytes) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
        connection = HTTPConnection(urlsplit(self.proxy.target).netloc, timeout=30)
        try:
            connection.request(self.command, self.path, content, dict(self.headers.items()))
            answer = connection.getresponse()
            kind = answer.headers.get("content-type", "application/json")
            return answer.status, (("content-type", kind),), answer.read()
        finally:
            connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
