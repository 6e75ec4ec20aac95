"""The command as a user calls it, in this process: what it may see of the world is handed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from click.testing import CliRunner, Result
from stand_in import ADDRESS, VARIABLES
from statuspage import Clock, keys
from statuspage.cli.extension import Environment, Profile
from statuspage.cli.root import root
from statuspage.keys.stores import Store

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


@dataclass
class Time:
    """A clock that goes on when somebody sleeps, and only then."""

    sleeps: list[float] = field(default_factory=list)
    passed: timedelta = timedelta()

    def utc(self) -> datetime:
        return NOW + timedelta(seconds=sum(self.sleeps)) + self.passed

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)

    def clock(self) -> Clock:
        return Clock(now=lambda: sum(self.sleeps), sleep=self.sleep, utc=self.utc)


@dataclass
class RealTime(Time):
    """The system's clock, for a server that has its own; nobody waits."""

    def utc(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Caller:
    """Calls `statuspage nobl9` with whatever is said."""

    folder: Path
    handler: Callable[[httpx.Request], httpx.Response] | None
    """Answers every request; None lets them go to where they are sent."""
    variables: dict[str, str] = field(
        default_factory=lambda: {"NOBL9_BASE_URL": ADDRESS, **VARIABLES}
    )
    time: Time = field(default_factory=Time)
    places_of: Callable[[Profile], Sequence[keys.Place]] = lambda _: ()
    stores_of: Callable[[Profile], Sequence[Store]] = lambda _: ()
    api: str | None = None
    terminal: bool = False
    colours: bool = False
    clients: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, *arguments: str, given: str | None = None) -> Result:
        """Call it, with what a user types."""
        words = ["nobl9", *(["--api", self.api] if self.api else []), *arguments]
        return CliRunner().invoke(root, words, obj=self.environment(), input=given)

    def done(self, *arguments: str, given: str | None = None) -> Result:
        """Call it, and see that it succeeds."""
        ended = self(*arguments, given=given)
        assert ended.exit_code == 0, ended.output + repr(ended.exception)
        return ended

    def environment(self) -> Environment:
        """What the command sees of the world."""
        return Environment(
            variables={"COLUMNS": "100", **self.variables},
            config=self.folder / "config",
            cache=self.folder / "cache",
            utc=self.time.utc,
            zone=UTC,
            can_ask=lambda: self.terminal,
            shows_colours=lambda: self.colours,
            http=self._http,
            clock=self.time.clock,
            places=self.places_of,
            stores=self.stores_of,
        )

    def _http(self, timeout: float, *, verify: bool) -> httpx.AsyncClient:
        self.clients.append({"timeout": timeout, "verify": verify})
        transport = httpx.MockTransport(self.handler) if self.handler else None
        return httpx.AsyncClient(transport=transport, timeout=timeout, trust_env=False)
