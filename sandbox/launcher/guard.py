"""Stands between the launcher and a program, and ends the program when the launcher is gone.

Its standard input is a pipe that the launcher holds: a letter asks for the program's end, at once
or in order. However the launcher ends, even by SIGKILL, the system closes that pipe, which asks
for the same. It is run as a file of its own, without the launcher's package, so that it starts at
once.

    guard.py PATIENCE COMMAND...
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading

STOP = b"s"
KILL = b"k"


def main() -> int:
    """Run the command; return its status."""
    patience, command = float(sys.argv[1]), sys.argv[2:]
    # A group of its own: what the program starts ends with it.
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603
    threading.Thread(target=_obey, args=(program.pid, patience), daemon=True).start()
    status = program.wait()
    _send(program.pid, signal.SIGKILL)
    return status if status >= 0 else 128 - status


def _obey(group: int, patience: float) -> None:
    while letter := os.read(0, 1):
        if letter == KILL:
            _send(group, signal.SIGKILL)
        else:
            _stop(group, patience)
    _stop(group, patience)


def _stop(group: int, patience: float) -> None:
    _send(group, signal.SIGTERM)
    last = threading.Timer(patience, _send, (group, signal.SIGKILL))
    last.daemon = True
    last.start()


def _send(group: int, number: int) -> None:
    # Gone already is as good; macOS says of such a group that it may not be told.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


if __name__ == "__main__":
    sys.exit(main())
