"""The program: started, asked, stopped."""

import socket
import subprocess
from pathlib import Path

from tests.program import PROGRAM, running


def test_it_says_where_it_is_keeps_its_catalog_and_ends_in_order(tmp_path: Path) -> None:
    database = tmp_path / "catalog.db"
    blueprint = {"identifier": "page", "title": "Page", "schema": {"properties": {}}}
    with running("--database", str(database)) as client:
        body = {"clientId": "a", "clientSecret": "b"}
        token = client.post("/v1/auth/access_token", json=body).json()["accessToken"]
        headers = {"authorization": f"Bearer {token}"}
        answer = client.post("/v1/blueprints", json=blueprint, headers=headers)
        assert answer.status_code == 201
    with running("--database", str(database)) as client:
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
