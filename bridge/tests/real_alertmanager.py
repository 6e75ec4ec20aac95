"""A real Alertmanager, on a port of its own, which sends everything to the bridge."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

NAME = "prometheus-alertmanager"
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", NAME]


def executable() -> str:
    """Find Alertmanager; as root on Debian install it, elsewhere skip the test."""
    if not shutil.which(NAME) and shutil.which("apt-get") and os.geteuid() == 0:
        _install()
    found = shutil.which(NAME) or shutil.which("alertmanager")
    if not found:
        pytest.skip("Alertmanager is not in PATH: install it to see what it really sends.")
    return found


def _install() -> None:
    """Install it once, however many processes of the tests want something: apt lets in one."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    with (Path(tempfile.gettempdir()) / "statuspage-tests-apt.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shutil.which(NAME):
            for command in (["apt-get", "update"], INSTALL):
                subprocess.run(command, check=False, capture_output=True, env=quiet, timeout=300)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def alertmanager(folder: Path, port: int, webhook: str) -> Iterator[str]:
    """Run it, and return where its API is."""
    receiver = {"url": webhook, "http_config": {"authorization": {"credentials": "am-token"}}}
    config = {
        "route": {"receiver": "bridge", "group_wait": "0s", "group_interval": "1s"},
        "receivers": [{"name": "bridge", "webhook_configs": [receiver]}],
    }
    (folder / "alertmanager.yml").write_text(json.dumps(config))
    arguments = [
        f"--config.file={folder / 'alertmanager.yml'}",
        f"--storage.path={folder}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--cluster.listen-address=",
    ]
    address = f"http://127.0.0.1:{port}"
    retrying = httpx.HTTPTransport(retries=8)
    with subprocess.Popen([executable(), *arguments], stderr=subprocess.DEVNULL) as process:
        try:
            with httpx.Client(transport=retrying) as http:
                http.get(f"{address}/-/ready").raise_for_status()
            yield address
        finally:
            process.kill()
