"""What the catalog is to hold, and when it does."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from launcher.errors import LauncherError

from live.changes import Lost
from resync.web import NoAnswer, ask

PATIENCE = 60.0
POLL_INTERVAL = 0.05

type Raw = dict[str, Any]
type Holds = Callable[[Raw | None], bool]


@dataclass(frozen=True, slots=True)
class Awaited:
    """What the catalog has to hold of an entity, None where it is to be gone."""

    kind: str
    blueprint: str
    identifier: str
    holds: Holds


@dataclass(slots=True)
class Arrivals:
    """Looks for what is awaited until all of it is in the catalog."""

    sandbox: str
    delays: list[tuple[str, float]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    _waiting: dict[int, tuple[Awaited, float]] = field(default_factory=dict)

    def expect(self, number: int, awaited: Awaited) -> None:
        self._waiting[number] = awaited, time.time()

    def look(self) -> None:
        """Look once for everything that has not arrived."""
        for number, (awaited, since) in list(self._waiting.items()):
            entity, now = self._entity(awaited), time.time()
            if awaited.holds(entity):
                at = now if entity is None else _written(entity)
                self.delays.append((awaited.kind, max(0.0, min(at, now) - since)))
            elif now - since > PATIENCE:
                self.lost.append(f"{awaited.kind} {awaited.identifier}")
            else:
                continue
            del self._waiting[number]

    def wait(self) -> None:
        while self._waiting:
            self.look()
            time.sleep(POLL_INTERVAL)
        if self.lost:
            raise Lost(f"{len(self.lost)} changes did not arrive: {', '.join(self.lost)}.")

    def _entity(self, awaited: Awaited) -> Raw | None:
        path = f"/v1/blueprints/{awaited.blueprint}/entities/{awaited.identifier}"
        try:
            entity: Raw = ask(f"{self.sandbox}{path}", headers=self._headers())["entity"]
        except NoAnswer as error:
            if "404" in str(error):
                return None
            raise LauncherError(str(error)) from error
        return entity

    def _headers(self) -> dict[str, str]:
        secrets = {"clientId": "benchmark", "clientSecret": "benchmark"}
        token = ask(f"{self.sandbox}/v1/auth/access_token", body=secrets)["accessToken"]
        return {"authorization": f"Bearer {token}"}


def _written(entity: Raw) -> float:
    return datetime.fromisoformat(entity["updatedAt"]).timestamp()
