"""The command as a user calls it, in this process: what it may see of the world is handed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from click.testing import CliRunner, Result

from statuspage.cli.environment import Environment
from statuspage.cli.profiles import Profile
from statuspage.cli.root import root
from statuspage.keys import Place
from statuspage.keys.stores import Store
from statuspage.pacing import Clock
from tests.account import KEY

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


@dataclass
class Caller:
    """Calls the command; `sleeps` are the waits that it asked for, none of which takes time."""

    folder: Path
    handler: Callable[[httpx.Request], httpx.Response] | None
    """Answers every request; None lets them go to where they are sent."""
    variables: dict[str, str] = field(default_factory=lambda: {"STATUSPAGE_API_KEY": KEY})
    places_of: Callable[[Profile], Sequence[Place]] = lambda _: ()
    stores_of: Callable[[Profile], Sequence[Store]] = lambda _: ()
    terminal: bool = False
    now: datetime = NOW
    impatient: bool = False
    """Whether the user presses Ctrl-C as soon as something has to be waited for."""
    sleeps: list[float] = field(default_factory=list)
    clients: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, *arguments: str, input: str | None = None) -> Result:  # noqa: A002 (click's name)
        return CliRunner().invoke(root, arguments, obj=self.environment(), input=input)

    def environment(self) -> Environment:
        """What the command sees of the world."""
        return Environment(
            variables={"COLUMNS": "100", **self.variables},
            config=self.folder / "config",
            cache=self.folder / "cache",
            utc=lambda: self.now,
            zone=UTC,
            can_ask=lambda: self.terminal,
            shows_colours=lambda: self.terminal,
            http=self._http,
            clock=lambda: Clock(now=lambda: sum(self.sleeps), sleep=self._sleep),
            places=self.places_of,
            stores=self.stores_of,
        )

    def _http(self, timeout: float, *, verify: bool) -> httpx.AsyncClient:
        self.clients.append({"timeout": timeout, "verify": verify})
        transport = httpx.MockTransport(self.handler) if self.handler else None
        return httpx.AsyncClient(transport=transport, timeout=timeout, trust_env=False)

    async def _sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        if self.impatient:
            raise KeyboardInterrupt
