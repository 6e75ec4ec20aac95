"""The command that brings the actions into Port shows first, and changes only what differs."""

import json
from typing import Any

import httpx
import pytest

from install_actions import actions_for, install


class Port:
    """The actions that Port has."""

    def __init__(self) -> None:
        self.actions: dict[str, Any] = {}
        self.written: list[str] = []
        self.refuses = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.url.path.startswith("/v1/actions")
        name = request.url.path.removeprefix("/v1/actions").strip("/")
        if request.method == "GET":
            found = self.actions.get(name)
            return httpx.Response(200 if found else 404, json={"action": found})
        if self.refuses:
            return httpx.Response(422, json={"ok": False, "message": "no such action type"})
        action = json.loads(request.content)
        self.written.append(f"{request.method} {action['identifier']}")
        self.actions[action["identifier"]] = {**action, "createdAt": "2026-01-01"}
        return httpx.Response(201, json={"ok": True})


@pytest.fixture
def port() -> Port:
    return Port()


async def installed(port: Port, *, apply: bool) -> tuple[bool, list[str]]:
    lines: list[str] = []
    transport = httpx.MockTransport(port)
    async with httpx.AsyncClient(transport=transport, base_url="https://port/v1/") as http:
        complete = await install(http, actions_for("mine"), lines.append, apply=apply)
    return complete, lines


async def test_by_itself_it_only_shows(port: Port) -> None:
    complete, lines = await installed(port, apply=False)

    assert complete
    assert port.written == []
    assert "statuspage_create_incident: would be made\n" in lines


async def test_a_second_time_changes_nothing(port: Port) -> None:
    await installed(port, apply=True)
    port.written.clear()

    _, lines = await installed(port, apply=True)

    assert port.written == []
    assert {line.partition(": ")[2] for line in lines} == {"is there\n"}


async def test_what_differs_is_changed_and_runs_go_to_this_installation(port: Port) -> None:
    await installed(port, apply=True)
    method = port.actions["statuspage_create_incident"]["invocationMethod"]
    assert method["installationId"] == "mine"
    method["installationId"] = "another"
    port.written.clear()

    await installed(port, apply=True)

    assert port.written == ["PUT statuspage_create_incident"]


async def test_what_port_refuses_is_told_with_its_words(port: Port) -> None:
    port.refuses = True

    complete, lines = await installed(port, apply=True)

    assert not complete
    assert "statuspage_create_incident: Port refuses it: no such action type\n" in lines
