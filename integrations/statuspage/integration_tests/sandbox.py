"""The local Port of this repository, as a program of its own."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from .program import CLIENT_ID, CLIENT_SECRET, HERE

SANDBOX = HERE.parents[1] / "sandbox"
PYTHON = SANDBOX / ".venv/bin/python"
INSTALLATION = "test-integration"

type Json = dict[str, Any]


class Sandbox:
    """A running sandbox, asked as a user of Port's API asks."""

    def __init__(self, address: str, http: httpx.Client) -> None:
        self.address = address
        self._http = http
        who = {"clientId": CLIENT_ID, "clientSecret": CLIENT_SECRET}
        token = self.ask("POST", "auth/access_token", who)["accessToken"]
        http.headers["authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, body: Any = None) -> Json:
        """Ask, expect success, return the answer."""
        answer = self._http.request(method, f"{self.address}/v1/{path}", json=body)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        found: Json = answer.json()
        return found

    def definer(self) -> httpx.AsyncClient:
        """A client for those who change definitions."""
        headers = {"authorization": self._http.headers["authorization"]}
        return httpx.AsyncClient(base_url=f"{self.address}/v1/", headers=headers, trust_env=False)

    def empty(self) -> None:
        """Forget everything that the catalog and the installation hold."""
        for page in self.ask("GET", "pages")["pages"]:
            self.ask("DELETE", f"pages/{page['identifier']}")
        found = self.ask("GET", "blueprints")["blueprints"]
        for blueprint in found:
            bare = {key: blueprint[key] for key in ("identifier", "title", "schema")}
            self.ask("PUT", f"blueprints/{blueprint['identifier']}", bare)
        for blueprint in found:
            everything = f"blueprints/{blueprint['identifier']}/all-entities"
            self.ask("DELETE", f"{everything}?delete_blueprint=true")
        for integration in self.ask("GET", "integration")["integrations"]:
            self.ask("DELETE", f"integration/{integration['identifier']}")

    def ask_for_resync(self) -> None:
        """As a click on "Resync" does."""
        self.ask("PATCH", f"integration/{INSTALLATION}", {})

    def install(self, blueprints: list[Json], mapping: Json) -> None:
        """Bring what an installation has, relations and what is computed last."""
        for blueprint in blueprints:
            bare = {key: blueprint[key] for key in ("identifier", "title", "schema")}
            self.ask("POST", "blueprints", bare)
        for blueprint in blueprints:
            self.ask("PUT", f"blueprints/{blueprint['identifier']}", blueprint)
        who = {"installationId": INSTALLATION, "installationAppType": "statuspage"}
        self.ask("POST", "integration", {**who, "version": "0.2.98", "config": mapping})

    def definitions(self) -> Json:
        """Everything that somebody may have defined."""
        found = self.ask("GET", "blueprints")["blueprints"]
        changing = ("createdAt", "updatedAt")
        blueprints = {
            one["identifier"]: {key: one[key] for key in one if key not in changing}
            for one in found
        }
        return {
            "blueprints": blueprints,
            "mapping": self.ask("GET", f"integration/{INSTALLATION}")["integration"]["config"],
            "pages": [one["identifier"] for one in self.ask("GET", "pages")["pages"]],
            "scorecards": [
                card["identifier"]
                for name in blueprints
                for card in self.ask("GET", f"blueprints/{name}/scorecards")["scorecards"]
            ],
        }

    def entities(self, blueprint: str) -> dict[str, Json]:
        """The entities of a blueprint, by identifier."""
        found = self.ask("GET", f"blueprints/{blueprint}/entities")["entities"]
        return {entity["identifier"]: entity for entity in found}


@contextmanager
def running_sandbox() -> Iterator[Sandbox]:
    """Start it on a free port, with an empty catalog in memory."""
    if not PYTHON.exists():
        # The integration also stands alone, without a sandbox beside it; `make test` sets it up.
        pytest.skip("the sandbox is not installed beside this one (make -C sandbox install)")
    with subprocess.Popen(
        [PYTHON, "-m", "port_sandbox", "--port", "0"],
        cwd=SANDBOX,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, line
            with httpx.Client(trust_env=False, timeout=20) as http:
                yield Sandbox(found[0], http)
        finally:
            process.terminate()
            process.wait(timeout=30)
