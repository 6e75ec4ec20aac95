"""A PostgreSQL of the tests' own, on a free loopback port, gone when they end.

It comes from Debian's packages. Where they are missing and the tests may install them (root, with
apt), they do; elsewhere the tests on PostgreSQL are skipped with a sentence that says so.
"""

import fcntl
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir, mkdtemp

INSTALLED = Path("/usr/lib/postgresql")


class PostgresMissingError(Exception):
    """Why there is no PostgreSQL here, as a sentence for whoever runs the tests."""


def find_programs() -> Path:
    # Workers begin at the same time, and one of them installs.
    with (Path(gettempdir()) / "statuspage-postgres-install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not INSTALLED.is_dir():
            _install()
    found = sorted(INSTALLED.glob("*/bin/initdb"))
    if not found:
        raise PostgresMissingError(
            "PostgreSQL's server is not installed. Install Debian's package postgresql and run "
            "the tests again."
        )
    return found[-1].parent


def _install() -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise PostgresMissingError(
            "PostgreSQL is not installed and these tests may not install it. Install Debian's "
            "package postgresql, or run them as root on a system with apt."
        )
    command = ["apt-get", "install", "--yes", "--no-install-recommends", "postgresql"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PostgresMissingError(f"PostgreSQL could not be installed: {done.stderr.strip()}")


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of a fresh server, without a database name."""
    programs = find_programs()
    folder = Path(mkdtemp(prefix="statuspage-postgres-"))
    as_user = _unprivileged(folder)
    data = folder / "data"
    port = _free_port()
    try:
        _run(
            [
                *as_user,
                programs / "initdb",
                "-D",
                data,
                "-A",
                "trust",
                "-U",
                "tests",
                "-E",
                "UTF8",
                "--no-sync",
            ]
        )
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' "
            "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"
        )
        start: list[str | Path] = [
            *as_user,
            programs / "pg_ctl",
            "-D",
            data,
            "-w",
            "-l",
            folder / "log",
        ]
        _run([*start, "-o", options, "start"])
        try:
            yield f"postgresql://tests@127.0.0.1:{port}"
        finally:
            _run([*as_user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; its package brought a user for it."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _run(command: Sequence[str | Path]) -> None:
    done = subprocess.run(
        command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise PostgresMissingError(f"PostgreSQL did not start: {done.stderr.strip()}")
