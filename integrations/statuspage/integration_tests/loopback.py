"""Real sockets in front of the same handlers that the other tests put at the transport."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx


class NoAnswer(Exception):
    """What a handler raises to end the connection without an answer."""


@contextmanager
def served(handler: Callable[[httpx.Request], httpx.Response]) -> Iterator[str]:
    """Serve a handler on a free loopback port; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            url = f"http://{self.headers['host']}{self.path}"
            headers = list(self.headers.items())
            try:
                response = handler(httpx.Request(self.command, url, headers=headers, content=body))
            except NoAnswer:
                self.close_connection = True
                return
            self.send_response(response.status_code)
            self.send_header("content-type", response.headers.get("content-type", "text/plain"))
            if wait := response.headers.get("retry-after"):
                self.send_header("retry-after", wait)
            self.send_header("content-length", str(len(response.content)))
            self.end_headers()
            self.wfile.write(response.content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 (http.server's names)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    # How often it looks whether to stop is how long each test waits at its end.
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
