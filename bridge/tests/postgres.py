"""A PostgreSQL of the tests' own, gone when they end. Debian's package brings it."""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from real_alertmanager import free_port

INSTALLED = Path("/usr/lib/postgresql")
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", "postgresql"]


def programs() -> Path:
    """Find its programs; as root on Debian install them, elsewhere skip the test."""
    with (Path(tempfile.gettempdir()) / "statuspage-postgres-install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not INSTALLED.is_dir() and shutil.which("apt-get") and os.geteuid() == 0:
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(INSTALL, check=False, capture_output=True, env=quiet, timeout=300)
    found = sorted(INSTALLED.glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL is not installed: install Debian's package postgresql.")
    return found[-1].parent


@contextmanager
def running_postgres() -> Iterator[str]:
    """Run a fresh server, and return the address of its database."""
    there = programs()
    folder = Path(tempfile.mkdtemp(prefix="statuspage-bridge-postgres-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        # It refuses to run as root; its package brought a user.
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data, port = folder / "data", free_port()
    control: list[str | Path] = [*as_user, there / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    options = f"-h 127.0.0.1 -p {port} -k '' -F"

    def run(*command: str | Path) -> None:
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)

    try:
        run(*as_user, there / "initdb", "-D", data, "-A", "trust", "-U", "tests", "--no-sync")
        run(*control, "-o", options, "start")
        try:
            yield f"postgresql://tests@127.0.0.1:{port}/postgres"
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
