"""Measures the server on this machine: the table of server/README.md, by `make bench/server`.

Starts a server of its own on a free port, with a page of 540 components in 69 groups and 10,000
incidents, and asks it over loopback. The load generator uses the same processors.
"""

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from load import Result, load

SERVER = Path(__file__).resolve().parents[2] / "server"
TOKEN = "a-token-for-the-benchmark"
CONFIG = """
statuspage:
  token: {token}
  groups:
    Items: [{items}]
server: {{rate_limit: 0}}
"""
ITEMS = 540


class MeasuredServer:
    def __init__(self, folder: Path, database: str | None) -> None:
        self._config = folder / "config.yml"
        items = ", ".join(f"{{name: Item {n}, id: item-{n}}}" for n in range(ITEMS))
        self._config.write_text(CONFIG.format(token=TOKEN, items=items))
        self._environment = {**os.environ, "PYTHONPATH": str(SERVER)}
        if database:
            self._environment["STATUSPAGE_DATABASE"] = database

    def command(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "statuspage_server", *arguments, "--config", self._config],
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    @contextmanager
    def serving(self) -> Iterator[int]:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "statuspage_server", self._config),
                *("--host", "127.0.0.1", "--port", "0"),
            ],
            env=self._environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stderr is not None
            line = server.stderr.readline()
            match = re.search(r":(\d+) ", line)
            assert match, line
            yield int(match[1])
        finally:
            server.terminate()
            server.wait()


def get(path: str, **headers: str) -> Callable[[], bytes]:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode()
    return lambda: request


def beats() -> Callable[[], bytes]:
    requests = cycle([get(f"/refresh/item-{n}", X_Token=TOKEN)() for n in range(ITEMS)])
    return lambda: next(requests)


def row(name: str, result: Result) -> None:
    assert result.failures == 0, f"{name}: {result.failures} answers were not 200"
    p50, p99 = result.percentile(0.5), result.percentile(0.99)
    print(f"| {name} | {result.per_second:,.0f} | {p50:.1f} ms | {p99:.1f} ms |", flush=True)


async def measure(port: int, page: str, key: str, seconds: float) -> None:
    incidents = f"/v1/pages/{page}/incidents?limit=100&page="
    summary = f"/pages/{page}/api/v2/summary.json"
    await load(port, get(summary), connections=1, seconds=2)  # warm up
    cases = (
        (
            "`GET /v1/.../incidents`, the newest 100 of 10,000",
            get(f"{incidents}1", Authorization=key),
            1,
        ),
        ("the same, the oldest 100", get(f"{incidents}100", Authorization=key), 1),
        (
            "`GET /v1/.../components`, 100 of 609",
            get(f"/v1/pages/{page}/components", Authorization=key),
            1,
        ),
        ("`GET /refresh/<id>`, 540 items in turn", beats(), 64),
        ("`summary.json`, 540 components", get(summary), 32),
        ("the same, gzip", get(summary, Accept_Encoding="gzip"), 32),
        ("the page in HTML, 540 items", get("/"), 1),
    )
    print("| request | a second | p50 | p99 |\n|---|---|---|---|")
    for name, request, connections in cases:
        label = f"{name} ({connections} connection{'s' if connections > 1 else ''})"
        row(label, await load(port, request, connections=connections, seconds=seconds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="for each row")
    parser.add_argument("--database", help="a URL, instead of SQLite in a temporary folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = MeasuredServer(Path(folder), arguments.database)
        size = ("--components", "540", "--groups", "69", "--incidents", "10000", "--days", "1500")
        page = server.command("generate", "Big", *size)
        key = server.command("key", "create", "benchmark")
        with server.serving() as port:
            asyncio.run(measure(port, page, key, arguments.seconds))


if __name__ == "__main__":
    main()
