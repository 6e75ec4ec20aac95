"""The program: started, asked, stopped."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

PROGRAM = [sys.executable, "-m", "port_sandbox"]


@contextmanager
def running(database: Path) -> Iterator[httpx.Client]:
    """Start the program, yield a client of it, stop it."""
    command = [*PROGRAM, "--port", "0", "--database", str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            line = program.stdout.readline()
            found = re.fullmatch(r"The sandbox is at (http://127\.0\.0\.1:\d+)\n", line)
            assert found, line
            with httpx.Client(base_url=found[1], trust_env=False, timeout=5) as client:
                assert client.get("/health").json() == {"ok": True}
                yield client
            program.send_signal(signal.SIGTERM)
            assert program.wait(10) == 0
        finally:
            program.kill()


def test_it_says_where_it_is_keeps_its_catalog_and_ends_in_order(tmp_path: Path) -> None:
    database = tmp_path / "catalog.db"
    blueprint = {"identifier": "page", "title": "Page", "schema": {"properties": {}}}
    with running(database) as client:
        body = {"clientId": "a", "clientSecret": "b"}
        token = client.post("/v1/auth/access_token", json=body).json()["accessToken"]
        headers = {"authorization": f"Bearer {token}"}
        answer = client.post("/v1/blueprints", json=blueprint, headers=headers)
        assert answer.status_code == 201
    with running(database) as client:
        found = client.get("/v1/blueprints", headers=headers).json()["blueprints"]
        assert [one["identifier"] for one in found] == ["page"]


def failure(*arguments: str) -> str:
    done = subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, "one sentence, no traceback"
    return done.stderr


def test_a_port_in_use_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "Choose another --port" in failure("--port", str(taken.getsockname()[1]))


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_text("This is no database, and long enough to be taken for one." * 20)
    assert "cannot be used" in failure("--port", "0", "--database", str(wrong))
    missing = tmp_path / "nowhere" / "catalog.db"
    assert "does not exist" in failure("--port", "0", "--database", str(missing))
