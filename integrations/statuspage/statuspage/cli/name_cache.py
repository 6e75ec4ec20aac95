"""Keeps names for the shell's completion for a few minutes, also that there were none."""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from .environment import Environment

FRESH_FOR = 300.0

type Names = list[tuple[str, str]]


def cached_names(
    environment: Environment, place: tuple[str | None, ...], ask: Callable[[], Names]
) -> Names:
    """Return the names of a place, asked for again when they are old."""
    digest = hashlib.sha256(json.dumps(place).encode()).hexdigest()[:16]
    file = environment.cache / f"names-{digest}.json"
    now = environment.utc().timestamp()
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if 0 <= now - kept["at"] < FRESH_FOR:
            return [(str(id_), str(name)) for id_, name in kept["names"]]
    # Before it is asked, so that a place that does not answer is not asked at every key.
    _keep(file, now, [])
    names = ask()
    _keep(file, now, names)
    return names


def _keep(file: Path, now: float, names: Names) -> None:
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = file.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps({"at": now, "names": names}), encoding="utf-8")
        new.replace(file)
