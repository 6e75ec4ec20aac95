"""What the command takes from outside, so that tests can hand it in."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statuspage.folders import cache_folder

if TYPE_CHECKING:
    import httpx

    from statuspage.keys import Place
    from statuspage.keys.stores import Store
    from statuspage.pacing import Clock

    from .profiles import Profile


def http_client(timeout: float, *, verify: bool) -> "httpx.AsyncClient":
    """Return the HTTP client of one call of the command."""
    import httpx  # noqa: PLC0415 (it takes longer than all of --help)

    return httpx.AsyncClient(timeout=timeout, verify=verify)


def system_places(profile: "Profile") -> "Sequence[Place]":
    """Return the places of this system that keep secrets."""
    from statuspage.keys.system import places  # noqa: PLC0415 (only some commands need a key)

    return places(profile.keyring_service, profile.keyring_user, profile.keychain)


def system_stores(profile: "Profile") -> "Sequence[Store]":
    """Return where this system can keep a key."""
    from statuspage.keys.system import stores  # noqa: PLC0415 (only `auth` stores a key)

    return stores(profile.keyring_service, profile.keyring_user)


def library_clock() -> "Clock":
    """Return the clock by which requests are paced."""
    from statuspage.pacing import Clock  # noqa: PLC0415 (it brings asyncio)

    return Clock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The world around one call of the command."""

    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)
    config: Path = field(default_factory=lambda: Path(click.get_app_dir("statuspage")))
    cache: Path = field(default_factory=lambda: cache_folder(os.environ))
    utc: Callable[[], datetime] = lambda: datetime.now(UTC)
    zone: tzinfo | None = None
    """The user's time zone; None is that of the system."""
    # A question needs both: somebody who types, and somebody who sees it.
    can_ask: Callable[[], bool] = lambda: sys.stdin.isatty() and sys.stderr.isatty()
    shows_colours: Callable[[], bool] = lambda: sys.stdout.isatty()  # noqa: PLW0108 (today's stdout)
    http: "Callable[..., httpx.AsyncClient]" = http_client
    clock: "Callable[[], Clock]" = library_clock
    places: "Callable[[Profile], Sequence[Place]]" = system_places
    stores: "Callable[[Profile], Sequence[Store]]" = system_stores
