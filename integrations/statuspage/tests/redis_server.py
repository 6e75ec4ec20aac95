"""A real Redis for a test: on a port of its own, in memory only, ended by its own handle."""

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", "redis-server"]


def executable() -> str:
    """Find redis-server; as root on Debian install it, elsewhere skip the test."""
    if not shutil.which("redis-server") and shutil.which("apt-get") and os.geteuid() == 0:
        _install()
    found = shutil.which("redis-server")
    if not found:
        pytest.skip("redis-server is not in PATH: install it to prove the shared window.")
    return found


def _install() -> None:
    """Install it once, however many processes of the tests want it: apt lets in one at a time."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    with (Path(tempfile.gettempdir()) / "statuspage-tests-apt.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shutil.which("redis-server"):
            for command in (["apt-get", "update"], INSTALL):
                subprocess.run(command, check=False, capture_output=True, env=quiet, timeout=300)


class RedisServer:
    """One server that can be stopped and started again on the same port."""

    def __init__(self) -> None:
        self._executable = executable()
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._process: subprocess.Popen[str] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start with nothing in memory, and return when it is ready."""
        arguments = f"--port {self.port} --bind 127.0.0.1 --appendonly no --daemonize no"
        self._process = subprocess.Popen(
            [self._executable, *arguments.split(), "--save", ""], stdout=subprocess.PIPE, text=True
        )
        said = []
        for line in self._process.stdout or ():
            said.append(line)
            if "Ready to accept connections" in line:
                return
        raise RuntimeError("redis-server did not start: " + "".join(said))

    def stop(self) -> None:
        """End it at once, as a crash would."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None
