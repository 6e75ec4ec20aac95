"""A page that keeps what is written to it, and answers as badly as a test wants."""

import json
from collections import deque
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from itertools import count
from typing import Any

import httpx

from tests.virtual_time import utc

LISTS = {
    "incidents": None,
    "incidents/unresolved": {"investigating", "identified", "monitoring"},
    "incidents/scheduled": {"scheduled"},
    "incidents/active_maintenance": {"in_progress", "verifying"},
}


class Trouble(Enum):
    """What happens to a request: whether it has its effect, and what comes back."""

    NONE = (True, None)
    REQUEST_LOST = (False, httpx.ReadTimeout("slow"))
    ANSWER_LOST = (True, httpx.ReadTimeout("slow"))
    ANSWER_BROKEN = (True, httpx.RemoteProtocolError("closed without an answer"))
    ANSWER_NO_JSON = (True, httpx.Response(200, text="<html>"))
    FAILED_BEFORE = (False, httpx.Response(500))
    FAILED_AFTER = (True, httpx.Response(502))
    NOT_CONNECTED = (False, httpx.ConnectError("refused"))
    QUOTA_SPENT = (False, httpx.Response(420, headers={"Retry-After": "5"}))

    def __init__(self, has_effect: bool, answer: httpx.Response | Exception | None) -> None:  # noqa: FBT001
        self.has_effect = has_effect
        self.answer = answer


class Store:
    """The incidents, postmortems and components of one page."""

    def __init__(
        self, *components: str, page: str = "abc", utc: Callable[[], datetime] = utc
    ) -> None:
        self.utc = utc
        self.page = page
        self.below = f"/v1/pages/{page}/"
        self.templates: list[dict[str, Any]] = []
        self.subscribers = {"email": 3, "sms": 1}
        self.incidents: dict[str, dict[str, Any]] = {}
        self.components: dict[str, dict[str, Any]] = {
            id_: {"id": id_, "name": id_.upper(), "group": False, "status": "operational"}
            for id_ in components
        }
        self.postmortems: dict[str, dict[str, Any]] = {}
        self.troubles: deque[Trouble] = deque()
        self.late: list[httpx.Request] = []
        self.requests: list[httpx.Request] = []
        self._numbers = count(1)

    @property
    def asked(self) -> list[str]:
        """What was asked so far, below the page."""
        return [f"{r.method} /{r.url.path.removeprefix(self.below)}" for r in self.requests]

    @property
    def sent(self) -> dict[str, Any]:
        """The body of the last request."""
        content: dict[str, Any] = json.loads(self.requests[-1].content)
        return content

    @property
    def statuses(self) -> dict[str, str]:
        return {id_: row["status"] for id_, row in self.components.items()}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        trouble = self.troubles.popleft() if self.troubles else Trouble.NONE
        if trouble is Trouble.ANSWER_NO_JSON and request.method == "GET":
            trouble = Trouble.FAILED_BEFORE
        answer = self.carry_out(request) if trouble.has_effect else None
        if isinstance(trouble.answer, Exception):
            raise trouble.answer
        if trouble.answer is not None:
            # A response can be read once.
            told = trouble.answer
            return httpx.Response(told.status_code, headers=told.headers, content=told.content)
        assert answer is not None
        return answer

    def carry_out(self, request: httpx.Request) -> httpx.Response:  # noqa: C901, PLR0911 (one a route)
        method = request.method
        body = json.loads(request.content) if request.content else {}
        if request.url.path == "/v1/pages":
            return httpx.Response(200, json=[{"id": self.page, "name": "Acme Cloud"}])
        path = request.url.path.removeprefix(self.below)
        if method == "GET" and path in LISTS:
            return self._list(LISTS[path])
        match path.split("/"):
            case ["components"]:
                return httpx.Response(200, json=list(self.components.values()))
            case ["incident_templates"]:
                return httpx.Response(200, json=self.templates)
            case ["subscribers", "count"]:
                return httpx.Response(200, json=self.subscribers)
            case ["incidents"]:
                return httpx.Response(201, json=self._shown(self.open(body["incident"])))
            case ["components", id_] if id_ in self.components:
                return self._component(id_, method, body)
            case ["incidents", id_] if id_ in self.incidents:
                return self._incident(id_, method, body)
            case ["incidents", id_, "incident_updates", update_id]:
                return self._update(id_, update_id, body["incident_update"])
            case ["incidents", id_, "postmortem", *verb]:
                return self._postmortem(id_, method, verb, body)
        return httpx.Response(404, json={"error": "not found"})

    def _list(self, statuses: set[str] | None) -> httpx.Response:
        rows = [
            self._shown(one)
            for one in reversed(self.incidents.values())
            if statuses is None or one["status"] in statuses
        ]
        return httpx.Response(200, json=rows[:100])

    def _shown(self, incident: dict[str, Any]) -> dict[str, Any]:
        rows = [self.components[id_] for id_ in incident["attached"]]
        shown = {key: value for key, value in incident.items() if key != "attached"}
        return shown | {"components": rows}

    def open(self, said: dict[str, Any]) -> dict[str, Any]:
        """Add an incident as a request says it."""
        id_ = f"incident{next(self._numbers)}"
        planned = "scheduled_for" in said
        incident: dict[str, Any] = {
            "status": "scheduled" if planned else "investigating",
            "metadata": {},
            "created_at": self.utc().isoformat(timespec="seconds"),
            "incident_updates": [],
            **{key: value for key, value in said.items() if key not in ("body", "component_ids")},
            "id": id_,
            "attached": said.get("component_ids", []),
        }
        self.incidents[id_] = incident
        self._add_update(incident, said, said.get("components", {}))
        return incident

    def _incident(self, id_: str, method: str, body: dict[str, Any]) -> httpx.Response:
        incident = self.incidents[id_]
        if method == "GET":
            return httpx.Response(200, json=self._shown(incident))
        if method == "DELETE":
            return httpx.Response(200, json=self._shown(self.incidents.pop(id_)))
        said = body["incident"]
        before = incident["status"]
        incident |= {k: v for k, v in said.items() if k not in ("body", "components")}
        given = said.get("components", {})
        incident["attached"] = list(dict.fromkeys([*incident["attached"], *given]))
        if said.get("body") or incident["status"] != before:
            self._add_update(incident, said, dict.fromkeys(incident["attached"]) | given)
        else:
            self._set(given)
        return httpx.Response(200, json=self._shown(incident))

    def _add_update(
        self, incident: dict[str, Any], said: dict[str, Any], given: dict[str, str | None]
    ) -> None:
        old = self.statuses
        self._set(given)
        update = {
            "id": f"update{next(self._numbers)}",
            "body": said.get("body", ""),
            "status": incident["status"],
            "created_at": self.utc().isoformat(timespec="milliseconds"),
            "affected_components": [
                {"code": id_, "old_status": old[id_], "new_status": self.statuses[id_]}
                for id_ in given
            ]
            or None,
        }
        incident["incident_updates"] = [update, *incident["incident_updates"]]

    def _set(self, given: dict[str, Any]) -> None:
        for id_, status in given.items():
            if status:
                self.components[id_] = self.components[id_] | {"status": status}

    def _component(self, id_: str, method: str, body: dict[str, Any]) -> httpx.Response:
        if method == "PATCH":
            if self.components[id_]["group"]:
                return httpx.Response(404, json={"error": "not found"})
            self._set({id_: body["component"]["status"]})
        return httpx.Response(200, json=self.components[id_])

    def _update(self, id_: str, update_id: str, said: dict[str, Any]) -> httpx.Response:
        found = [u for u in self.incidents[id_]["incident_updates"] if u["id"] == update_id]
        for update in found:
            update.update(said)
        return httpx.Response(200, json=found[0]) if found else httpx.Response(404)

    def _postmortem(
        self, id_: str, method: str, verb: list[str], body: dict[str, Any]
    ) -> httpx.Response:
        if method == "GET" and id_ not in self.postmortems:
            return httpx.Response(404)
        text = self.postmortems.setdefault(id_, {"body": None, "published_at": None})
        if method == "PUT":
            match verb:
                case []:
                    text |= body["postmortem"]
                case ["publish"]:
                    text |= {"body": text["body_draft"], "published_at": self.utc().isoformat()}
                case ["revert"]:
                    text |= {"body": None, "published_at": None}
        return httpx.Response(200, json=text)
