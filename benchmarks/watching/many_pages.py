"""A status page service with hundreds of pages on which nothing happens; it counts requests."""

import json
import re
import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from launcher.addresses import HERE, url

CHANGED = "2026-09-01T00:00:00.000Z"
COMPONENTS = 50

type Body = tuple[bytes, str]


class ManyPages:
    """An address at which each page shows its public view, and its lists by the manage API."""

    def __init__(self, count: int) -> None:
        self.ids = [f"quietpage{number:03}" for number in range(count)]
        self.counted = self.looks = self.unchanged = 0
        self._bodies: dict[str, Body] = {}
        self._server = ThreadingHTTPServer((HERE, 0), type("Handler", (_Handler,), {"pages": self}))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return url(self._server.server_port)

    def forget(self) -> None:
        self.counted = self.looks = self.unchanged = 0

    def answer(self, path: str) -> Body | None:
        if path not in self._bodies:
            content = self._content(path)
            if content is None:
                return None
            body = json.dumps(content).encode()
            self._bodies[path] = body, f'W/"{sha256(body).hexdigest()[:32]}"'
        return self._bodies[path]

    def _content(self, path: str) -> object:
        if path == "/v1/pages":
            return [{"id": one, "name": one, "updated_at": CHANGED} for one in self.ids]
        if path.startswith("/v1/"):
            return []
        found = re.fullmatch(r"/pages/(\w+)/api/v2/([\w-]+)\.json", path)
        if found is None:
            return None
        page = {"id": found[1], "name": found[1], "time_zone": "UTC", "updated_at": CHANGED}
        status = {"indicator": "none", "description": "All Systems Operational"}
        rows = [_component(found[1], number) for number in range(COMPONENTS)]
        return {
            "page": page,
            "status": status,
            "components": rows,
            "incidents": [],
            "scheduled_maintenances": [],
        }


def _component(page_id: str, number: int) -> dict[str, object]:
    return {
        "id": f"{page_id}{number:03}",
        "page_id": page_id,
        "name": f"Component {number}",
        "status": "operational",
        "group": False,
        "created_at": CHANGED,
        "updated_at": CHANGED,
    }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    pages: ManyPages

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/v1/"):
            self.pages.counted += 1
        else:
            self.pages.looks += 1
        found = self.pages.answer(path)
        if found is None:
            self._send(404, b"", "")
        elif self.headers.get("if-none-match") == found[1]:
            self.pages.unchanged += 1
            self._send(304, b"", found[1])
        else:
            self._send(200, found[0], found[1])

    def _send(self, status: int, body: bytes, tag: str) -> None:
        self.send_response_only(status)
        self.send_header("etag", tag)
        if status != 304:
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
