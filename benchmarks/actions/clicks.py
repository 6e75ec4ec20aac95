"""Clicks on an action's form: each timed until the page has the incident, and the catalog."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from launcher.errors import LauncherError
from launcher.stack import Stack

from resync.web import NoAnswer, ask

PATIENCE = 600.0
POLL_INTERVAL = 0.01

type Raw = dict[str, Any]


class NotDone(LauncherError):
    """An action that did not do what it was started for."""


@dataclass(frozen=True, slots=True)
class Click:
    """Seconds from the click until the incident was on the page, in the catalog, and told."""

    page: float
    catalog: float
    ended: float


@dataclass(slots=True)
class Clicker:
    """Opens incidents by the action that comes with the integration."""

    stack: Stack
    page_id: str
    _token: str = field(init=False)

    def __post_init__(self) -> None:
        secrets = {"clientId": "benchmark", "clientSecret": "benchmark"}
        answer = ask(f"{self.stack.sandbox.address}/v1/auth/access_token", body=secrets)
        self._token = answer["accessToken"]

    def one(self, name: str) -> Click:
        """Click, wait for all three, and tell when each of them was.

        Port notes when it has the entity and when the run ends. The page notes whole seconds only,
        so its time is when the incident was seen there.
        """
        begun = time.time()
        run = self.click(name)
        _until(lambda: name in self.names())
        on_page = time.time() - begun
        _until(lambda: self.state(run) != "IN_PROGRESS")
        [incident] = [one["id"] for one in self.incidents() if one["name"] == name]
        _until(lambda: self._entity(incident) is not None)
        moments = ((self._entity(incident) or {})["createdAt"], self._run(run)["endedAt"])
        return Click(on_page, *(datetime.fromisoformat(one).timestamp() - begun for one in moments))

    def click(self, name: str) -> str:
        """Start the action; return the id of its run."""
        properties = {"page": self.page_id, "name": name}
        path = "/v1/actions/statuspage_create_incident/runs"
        return str(self._port(path, {"properties": properties})["run"]["id"])

    def state(self, run_id: str) -> str:
        return str(self._run(run_id)["status"])

    def names(self) -> list[str]:
        return [incident["name"] for incident in self.incidents()]

    def incidents(self) -> list[Raw]:
        """Return the newest hundred of the page."""
        url = f"{self.stack.server.address}/v1/pages/{self.page_id}/incidents?limit=100&page=1"
        found: list[Raw] = ask(url, headers={"authorization": f"OAuth {self.stack.key()}"})
        return found

    def _run(self, run_id: str) -> Raw:
        run: Raw = self._port(f"/v1/actions/runs/{run_id}")["run"]
        return run

    def _entity(self, incident_id: str) -> Raw | None:
        path = f"/v1/blueprints/statuspageIncident/entities/{incident_id}"
        try:
            entity: Raw = self._port(path)["entity"]
        except NoAnswer:
            return None
        return entity

    def _port(self, path: str, body: object = None) -> Any:
        headers = {"authorization": f"Bearer {self._token}"}
        return ask(f"{self.stack.sandbox.address}{path}", body=body, headers=headers)


def _until(done: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > last:
            raise NotDone("An action is not done after ten minutes.")
        time.sleep(POLL_INTERVAL)
