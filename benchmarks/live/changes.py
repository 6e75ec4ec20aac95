"""Changes on the status page, one after the other, each timed until the catalog has it."""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from launcher.errors import LauncherError
from launcher.stack import Stack

from live.delays import Delay, Refetch, refetch_of
from resync.web import NoAnswer, ask

PATIENCE = 60.0
POLL_INTERVAL = 0.02

type Raw = dict[str, Any]


class Lost(LauncherError):
    """A change that did not arrive."""


@dataclass(slots=True)
class Changer:
    """Changes components, and every fourth time an incident with its component."""

    stack: Stack
    page_id: str
    components: Sequence[Raw]
    _token: str = field(init=False)
    _refetches: list[Refetch] = field(default_factory=list)

    def __post_init__(self) -> None:
        secrets = {"clientId": "benchmark", "clientSecret": "benchmark"}
        answer = ask(f"{self.stack.sandbox.address}/v1/auth/access_token", body=secrets)
        self._token = answer["accessToken"]

    def run(self, go_on: Callable[[int], bool]) -> Iterator[Delay]:
        """Change while `go_on` says so of the number of changes."""
        for number in itertools.takewhile(go_on, itertools.count()):
            component = self.components[number * 7 % len(self.components)]
            yield self._incident(component) if number % 4 == 3 else self._component(component)

    def _component(self, component: Raw) -> Delay:
        status = "operational" if component["status"] == "major_outage" else "major_outage"
        path = f"components/{component['id']}"
        self._ask("PATCH", path, {"component": {"status": status}})
        component["status"] = status
        return self._arrival("statuspageComponent", component["id"], "status", status)

    def _incident(self, component: Raw) -> Delay:
        status = "operational" if component["status"] == "partial_outage" else "partial_outage"
        incident = {
            "name": "Measured",
            "status": "investigating",
            "body": "We look into it.",
            "components": {component["id"]: status},
        }
        made = self._ask("POST", "incidents", {"incident": incident})
        component["status"] = status
        return self._arrival("statuspageIncident", made["id"], "status", "investigating")

    def _arrival(self, blueprint: str, identifier: str, name: str, value: str) -> Delay:
        answered = time.time()
        path = f"/v1/blueprints/{blueprint}/entities/{identifier}"
        self._refetches.clear()
        while time.time() - answered < PATIENCE:
            entity = self._entity(path)
            if entity and entity["properties"].get(name) == value:
                arrived = datetime.fromisoformat(entity["updatedAt"]).timestamp()
                return Delay(arrived - answered, self._refetch())
            time.sleep(POLL_INTERVAL)
        raise Lost(f"{blueprint} {identifier} was not {value} within {PATIENCE:.0f} s.")

    def _entity(self, path: str) -> Raw | None:
        headers = {"authorization": f"Bearer {self._token}"}
        try:
            entity: Raw = ask(f"{self.stack.sandbox.address}{path}", headers=headers)["entity"]
        except NoAnswer:
            return None
        return entity

    def _refetch(self) -> Refetch | None:
        """Return the refetch that brought it; its line may come a moment behind it."""
        process = self.stack.integration.process
        until = time.time() + 2
        while process is not None and time.time() < until:
            refetches = [refetch for line in process.new_lines() if (refetch := refetch_of(line))]
            if refetches:
                return refetches[0]
            time.sleep(POLL_INTERVAL)
        return None

    def _ask(self, method: str, path: str, body: object) -> Raw:
        address = f"{self.stack.server.address}/v1/pages/{self.page_id}/{path}"
        headers = {"authorization": f"OAuth {self.stack.key()}"}
        answer: Raw = ask(address, method=method, body=body, headers=headers)
        return answer
