"""Connections that do nothing leave room for those that do."""

import socket
from contextlib import ExitStack
from pathlib import Path

from tests.process.program import Program

DESCRIPTORS = 150


def test_more_silent_connections_than_descriptors_do_not_keep_others_out(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("statuspage: {token: abcdefgh}", encoding="utf-8")
    with Program(config, descriptors=DESCRIPTORS) as program, ExitStack() as stack:
        for _ in range(2 * DESCRIPTORS):
            silent = socket.create_connection(("127.0.0.1", program.port), timeout=10)
            stack.enter_context(silent)
        assert program.get("/health").json() == {"status": "ok", "database": "ok", "config": "ok"}
