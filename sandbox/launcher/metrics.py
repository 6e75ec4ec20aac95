"""Receives what Ocean measures: one report for each kind, and one for the deletion at the end.

Ocean posts them to any address that `OCEAN__METRICS__WEBHOOK_URL` names, whichever Port it serves.
"""

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from typing import Any, Self

from launcher.addresses import HERE, url

type Report = Mapping[str, Any]


class Metrics:
    """An address for Ocean's reports, for as long as it is open."""

    def __init__(self) -> None:
        arrived: SimpleQueue[Report] = SimpleQueue()

        class Receiver(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("content-length", 0))
                try:
                    report = json.loads(self.rfile.read(length))
                except ValueError:
                    self.send_error(400)
                    return
                arrived.put(report)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._arrived = arrived
        self._server = ThreadingHTTPServer((HERE, 0), Receiver)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def settings(self) -> dict[str, str]:
        """Ocean's settings that make it report here."""
        return {
            "OCEAN__METRICS__ENABLED": "true",
            "OCEAN__METRICS__WEBHOOK_URL": url(self._server.server_port),
        }

    def new(self) -> list[Report]:
        reports: list[Report] = []
        while True:
            try:
                reports.append(self._arrived.get_nowait())
            except Empty:
                return reports
