"""PagerDuty's API on a port of this machine, for commands that bring their own client."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
from strict_pagerduty import StrictPagerDuty


@contextmanager
def served(there: StrictPagerDuty) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("content-length", 0))
            request = httpx.Request(
                self.command,
                f"http://pagerduty.test{self.path}",
                headers=list(self.headers.items()),
                content=self.rfile.read(length),
            )
            response = there(request)
            self.send_response(response.status_code)
            self.send_header("content-length", str(len(response.content)))
            self.end_headers()
            self.wfile.write(response.content)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 (as the library calls them)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (as the library has it)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
