"""Asks the programs that keep secrets, and never for long."""

import subprocess
from collections.abc import Callable, Sequence

from .chain import Absent

PATIENCE = 1.0
"""Seconds within which a place has to answer, or it is passed over."""

UNLOCKING = 30.0
"""Seconds in which somebody who stores a key can unlock the keyring that asks for it."""

type Run = Callable[[Sequence[str]], str | Absent]


def run(
    command: Sequence[str], *, given: str | None = None, patience: float = PATIENCE
) -> str | Absent:
    """Return what a program prints; `given` is what it reads from its standard input."""
    program = command[0]
    try:
        ended = subprocess.run(  # noqa: S603 (our own arguments, and no shell)
            command,
            input=given or "",
            capture_output=True,
            text=True,
            errors="replace",
            timeout=patience,
            check=False,
            # Without a terminal of its own it cannot ask for a password there.
            start_new_session=True,
        )
    except FileNotFoundError:
        return Absent(f"{program} is not installed")
    except subprocess.TimeoutExpired:
        return Absent(f"{program} did not answer within {patience:g} s")
    except OSError as error:
        return Absent(f"{program} cannot be run: {error.strerror}")
    if ended.returncode or (given is None and not ended.stdout.strip()):
        # The last line, since some warn before they fail. It never holds what was looked for.
        said = ended.stderr.strip().splitlines()[-1:] or ["it holds no such item"]
        return Absent(said[0][:200])
    return ended.stdout
