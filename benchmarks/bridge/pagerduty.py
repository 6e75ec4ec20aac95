"""A PagerDuty that answers after 50 ms, with one acknowledged incident about one component."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from launcher.addresses import HERE, url

LATENCY = 0.05


class PagerDuty:
    """It answers at `address` for as long as it is open."""

    def __init__(self) -> None:
        self.component = ""
        self.number = 0
        account = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                time.sleep(LATENCY)
                content = json.dumps(account.incidents()).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer((HERE, 0), Answers)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return url(self._server.server_port)

    def is_about(self, component: str) -> None:
        """Let the incident be a new one, about this component."""
        self.component = component
        self.number += 1

    def incidents(self) -> dict[str, object]:
        channel = {"type": "api", "details": {"tags": [f"component:{self.component}"]}}
        incident = {
            "id": f"P{self.number}",
            "status": "acknowledged",
            "created_at": "2026-03-01T11:50:00Z",
            "alert_counts": {"all": 1},
            "first_trigger_log_entry": {"channel": channel},
        }
        rows = [incident] if self.component else []
        return {"incidents": rows, "more": False, "total": len(rows)}
