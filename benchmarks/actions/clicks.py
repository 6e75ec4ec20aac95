"""Clicks on an action's form: each timed until the page has the incident, and the catalog."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from launcher.errors import LauncherError
from launcher.stack import Stack

from resync.web import NoAnswer, ask

PATIENCE = 600.0
POLL_INTERVAL = 0.01


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
        """Click, and wait for all three."""
        begun = time.monotonic()
        run = self.click(name)
        page = _until(lambda: name in self.names(), begun)
        [incident] = [one["id"] for one in self.incidents() if one["name"] == name]
        catalog = _until(lambda: self._is_in_catalog(incident), begun)
        return Click(page, catalog, _until(lambda: self.state(run) != "IN_PROGRESS", begun))

    def click(self, name: str) -> str:
        """Start the action; return the id of its run."""
        properties = {"page": self.page_id, "name": name}
        path = "/v1/actions/statuspage_create_incident/runs"
        return str(self._port(path, {"properties": properties})["run"]["id"])

    def state(self, run_id: str) -> str:
        return str(self._port(f"/v1/actions/runs/{run_id}")["run"]["status"])

    def names(self) -> list[str]:
        return [incident["name"] for incident in self.incidents()]

    def incidents(self) -> list[dict[str, Any]]:
        """Return the newest hundred of the page."""
        url = f"{self.stack.server.address}/v1/pages/{self.page_id}/incidents?limit=100&page=1"
        found: list[dict[str, Any]] = ask(
            url, headers={"authorization": f"OAuth {self.stack.key()}"}
        )
        return found

    def _is_in_catalog(self, incident_id: str) -> bool:
        try:
            self._port(f"/v1/blueprints/statuspageIncident/entities/{incident_id}")
        except NoAnswer:
            return False
        return True

    def _port(self, path: str, body: object = None) -> Any:
        headers = {"authorization": f"Bearer {self._token}"}
        return ask(f"{self.stack.sandbox.address}{path}", body=body, headers=headers)


def _until(done: Callable[[], bool], begun: float) -> float:
    """Wait until something is so; return the seconds since the beginning."""
    while not done():
        if time.monotonic() - begun > PATIENCE:
            raise NotDone("An action is not done after ten minutes.")
        time.sleep(POLL_INTERVAL)
    return time.monotonic() - begun
