"""One launcher at a time in a directory."""

import fcntl
import os
import time
from pathlib import Path
from typing import Self

from launcher.errors import AlreadyRunning

# The programs of a launcher that was killed take a moment to end.
PATIENCE = 15.0
POLL_INTERVAL = 0.1


class Lock:
    """Held by the launcher and by the guards of its programs, until the last of them is gone.

    So a launcher that was killed leaves the directory to the next one as soon as its programs
    have ended, and a launcher that runs keeps it.
    """

    def __init__(self, directory: Path, patience: float = PATIENCE) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._file = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        last = time.monotonic() + patience
        while not self._taken():
            owner = os.pread(self._file, 20, 0).decode().strip()
            if _runs(owner) or time.monotonic() > last:
                os.close(self._file)
                raise AlreadyRunning(
                    f"`make run` is running here already (process {owner}): use that one, or stop "
                    "it first."
                )
            time.sleep(POLL_INTERVAL)
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, str(os.getpid()).encode(), 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    @property
    def inherited(self) -> tuple[int, ...]:
        """What a guard inherits to hold the lock as well."""
        return (self._file,)

    def _taken(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _runs(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        pass
    return True
