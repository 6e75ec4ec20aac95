"""Several real processes at once, against the stand-in on a port of this machine."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from stand_in import VARIABLES, StandIn

PROCESSES = 4


@pytest.fixture
def address(v1: StandIn) -> Iterator[str]:
    """Where the stand-in listens; it answers one request at a time."""
    turn = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            content = self.rfile.read(int(self.headers.get("content-length", 0)))
            url = f"http://{self.headers['host']}{self.path}"
            request = httpx.Request(
                self.command, url, headers=dict(self.headers.items()), content=content
            )
            with turn:
                response = v1(request)
            self.send_response_only(response.status_code)
            self.send_header("content-length", str(len(response.content)))
            self.end_headers()
            self.wfile.write(response.content)

        do_GET = do_POST = answer  # noqa: N815 (http.server's names)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_processes_that_start_together_ask_for_one_token_and_send_one_report(
    v1: StandIn, address: str, folder: Path
) -> None:
    program = Path(sys.executable).with_name("statuspage")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "NOBL9_BASE_URL": address,
        **VARIABLES,
    }
    words = [str(program), "nobl9", "monitor", "Search", "critical"]

    running = [
        subprocess.Popen(
            words, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(PROCESSES)
    ]
    ended = [(one.communicate(timeout=30), one.returncode) for one in running]

    assert [code for _, code in ended] == [0] * PROCESSES, ended
    assert (v1.tokens, len(v1.page.issues)) == (["access-1"], 1)
