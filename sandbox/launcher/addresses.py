"""Ports and addresses on this machine."""

import errno
import socket
from collections.abc import Mapping

from launcher.errors import LauncherError, PortTaken

HERE = "127.0.0.1"


def url(port: int) -> str:
    """Return the address of a port on this machine."""
    return f"http://{HERE}:{port}"


def free_port() -> int:
    """Return a port that nothing uses now."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        number: int = probe.getsockname()[1]
        return number


def require_different(ports: Mapping[str, int]) -> None:
    """Fail where two programs are to listen at one port; `ports` are by their variables."""
    by_port: dict[int, str] = {}
    for variable, port in ports.items():
        if port and port in by_port:
            raise PortTaken(
                f"{by_port[port]} and {variable} are both {port}: choose another for one of them, "
                f"for example make run {variable}={port + 1}."
            )
        by_port[port] = variable


def require_free(port: int, name: str, variable: str, host: str = HERE) -> None:
    """Fail with what to do when a port cannot be taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(
                    f"Port {port}, where {name} is to listen, is in use: stop what uses it, or "
                    f"choose another with {variable}, for example make run {variable}={port + 1}."
                ) from error
            raise LauncherError(
                f"{name} cannot listen at port {port}: {error.strerror}. Choose another with "
                f"{variable}."
            ) from error
