"""Nobl9 as its API is documented: strict, so that a request that it does not know fails the test.

`Page` is what it keeps; here is what is asked, how, and by whom.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from failing import Failing
from page import Page

ORGANIZATION, CLIENT_ID, CLIENT_SECRET, API_TOKEN = "acme", "id-4711", "secret-4711", "token-0815"
PAIR = {"NOBL9_CLIENT_ID": CLIENT_ID, "NOBL9_CLIENT_SECRET": CLIENT_SECRET}
VARIABLES = {"NOBL9_ORG": ORGANIZATION, **PAIR}
ADDRESS = "https://nobl9.test"
BELOW = "/api/dashboards/v1/status-page"

type Handler = Callable[[httpx.Request], httpx.Response]


@dataclass
class StandIn(Failing):
    """Nobl9 in one version of its API."""

    version: str = "v1"
    page: Page = field(default_factory=Page)
    tokens: list[str] = field(default_factory=list)
    taken_back: set[str] = field(default_factory=set)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        assert request.headers["accept"] == "application/json; version=v1alpha"
        assert request.headers["organization"] == ORGANIZATION
        path = request.url.path
        if path == "/api/accessToken":
            return self._access_token(request)
        assert path.startswith(BELOW), path
        path = path.removeprefix(BELOW)
        if not self._may(request, path):
            return httpx.Response(401, json={"message": "Unauthorized"})
        body = json.loads(request.content) if request.content else None
        return self._routed(request, path, body)

    def _access_token(self, request: httpx.Request) -> httpx.Response:
        assert (request.method, request.content) == ("POST", b"")
        if request.headers["authorization"] != basic():
            return httpx.Response(401, json={"message": "Unauthorized"})
        self.tokens.append(f"access-{len(self.tokens) + 1}")
        return httpx.Response(200, json={"access_token": self.tokens[-1]})

    def _may(self, request: httpx.Request, path: str) -> bool:
        given = request.headers["authorization"]
        if path == "/issues/external":
            return bool(given == basic())
        known = {API_TOKEN, *self.tokens} - self.taken_back
        return given.removeprefix("Bearer ") in known and given.startswith("Bearer ")

    def _routed(self, request: httpx.Request, path: str, body: Any) -> httpx.Response:
        query = dict(request.url.params)
        match request.method, path.strip("/").split("/"):
            case "GET", ["status"]:
                found: Any = self.page.status()
            case "GET", ["issues"]:
                found = {"issues": self.page.issues}
            case "GET", ["issues", "summary"]:
                found = self.page.summary()
            case "POST", ["issues"]:
                check(body, {"componentId": str, "occurredAt": str, "comment": str})
                found = self.page.issue(body)
            case "POST", ["issues", "external"]:
                found = self._external(body)
            case _:
                return self._of_a_version(request, path, body, query)
        assert query == {}
        return answer(found)

    def _external(self, body: Any) -> Any:
        needed = {"componentName": str, "occurredAt": str, "comment": str, "requestedBy": str}
        if self.version == "v2":
            check(body, needed, {"url": str})
            assert 1 <= len(body["requestedBy"]) <= 50
        else:
            check(body, needed, {"statusChange": dict})
            if "statusChange" in body:
                check(body["statusChange"], {"status": str, "propagateUp": bool})
        return self.page.external(body)

    def _of_a_version(  # noqa: C901, PLR0911 (a table)
        self, request: httpx.Request, path: str, body: Any, query: dict[str, str]
    ) -> httpx.Response:
        parts = path.strip("/").split("/")
        match self.version, request.method, parts:
            case "v1", "GET", ["incidents"]:
                assert query in ({}, {"ongoing": "true"}, {"ongoing": "false"})
                return answer(self.page.incidents(query.get("ongoing")))
            case "v1", "POST", ["components", id_, "change-status"]:
                check(body, {"status": str, "comment": str, "propagateUp": bool})
                return answer(self.page.change(id_, **body))
            case "v1", "GET", ["components", id_, "status-changes"]:
                return answer(self.page.history(id_))
            case "v1", "GET", ["disruptions"]:
                return httpx.Response(404, json={"message": "Not Found"})
            case "v2", "GET", ["components", id_]:
                return answer(self.page.component(id_))
            case "v2", "GET", ["disruptions"]:
                assert query.keys() <= {"state", "limit", "offset"}
                return answer(self.page.listed(query))
            case "v2", "POST", ["disruptions"]:
                texts = ("originComponentId", "severity", "startTime", "comment", "source")
                check(body, dict.fromkeys(texts, str))
                assert body["source"] in ("manual", "external")
                return answer(self.page.disrupt(body))
            case "v2", "POST", ["disruptions", "timeline"]:
                check(body, {"impactingOnly": bool})
                return answer(self.page.timeline(impacting_only=body["impactingOnly"]))
            case "v2", "POST", ["disruptions", id_, "clear"]:
                check(body, {"endTime": str, "comment": str})
                return answer(self.page.clear(id_, **body))
            case "v2", "POST", ["disruptions", id_, "change-severity"]:
                check(body, {"severity": str, "comment": str})
                return answer(self.page.worsen(id_, **body))
        raise AssertionError(f"{self.version} knows no {request.method} {path}")


def basic() -> str:
    return f"Basic {b64encode(f'{CLIENT_ID}:{CLIENT_SECRET}'.encode()).decode()}"


def check(
    body: Any, needed: Mapping[str, type], possible: Mapping[str, type] | None = None
) -> None:
    """Refuse a body that is not exactly this."""
    known = {**needed, **(possible or {})}
    assert isinstance(body, dict)
    assert needed.keys() <= body.keys() <= known.keys(), body
    assert all(type(value) is known[key] for key, value in body.items()), body


def answer(found: Any) -> httpx.Response:
    if found is None:
        return httpx.Response(404, json={"message": "Not Found"})
    return httpx.Response(204) if found == "" else httpx.Response(200, json=found)
