"""An integration that brings a company's status page into the catalog, as Ocean does."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.api_client import COMPONENT, COUNTS, OCEAN, PAGE, Document

PATH = "/v1/integration/my-statuspage"
METRICS = "/ingest/my-statuspage/metrics/syncMetrics"
GROUP: Document = {
    "identifier": "group",
    "title": "Component group",
    "schema": {"properties": {}},
    "relations": {"page": {"title": "Page", "target": "page"}},
}
INCIDENT: Document = {
    "identifier": "incident",
    "title": "Incident",
    "description": "Something that the page reports.",
    "schema": {"properties": {"impact": {"type": "string", "enum": ["minor", "critical"]}}},
    "relations": {
        "components": {"title": "Components hit", "target": "component", "many": True},
        "page": {"title": "Page", "target": "page"},
        "cause": {"title": "Caused by", "target": "incident"},
    },
}
IS_DOWN = {"property": "status", "operator": "=", "value": "major_outage"}
OF_COMPONENTS: Document = {"property": "$blueprint", "operator": "=", "value": "component"}
EVERY: Document = {"combinator": "and", "rules": [OF_COMPONENTS]}
WIDGETS: tuple[Document, ...] = (
    {
        "id": "down",
        "type": "entities-number-chart",
        "blueprint": "component",
        "chartType": "countEntities",
        "calculationBy": "entities",
        "func": "count",
        "dataset": [IS_DOWN],
        "conditionalFormatting": [{"operator": ">", "value": 0, "color": "red"}],
    },
    {
        "id": "pie",
        "type": "entities-pie-chart",
        "blueprint": "component",
        "property": "property#status",
        "dataset": EVERY,
    },
    {
        "id": "bars",
        "type": "bar-chart",
        "blueprint": "component",
        "property": "relation#group",
        "dataset": EVERY,
    },
    {
        "id": "line",
        "type": "line-chart",
        "blueprint": "component",
        "chartType": "countEntities",
        "func": "count",
        "measureTimeBy": "$createdAt",
        "timeInterval": "day",
        "timeRange": {"preset": "lastMonth"},
    },
    {"id": "table", "type": "table-entities-explorer", "dataset": EVERY},
    {"id": "do", "type": "action-card-widget", "actions": [{"action": "open"}]},
)
HEALTH: Document = {
    "identifier": "health",
    "title": "Health",
    "rules": [
        {
            "identifier": "down",
            "title": "Is down",
            "level": "Gold",
            "query": {"combinator": "and", "conditions": [IS_DOWN]},
        }
    ],
}
IN_GROUP: Document = {"group": {"title": "Group", "target": "group"}}
NAMES = ("Sign-in", "Checkout", "Search", "Payments", "Invoices", "Webhooks", "Exports", "Backups")
COMPONENTS = 120


@dataclass
class Ocean:
    """Writes to the catalog."""

    client: httpx.Client
    token: str = "none yet"

    def ask(self, method: str, path: str, body: Any, **params: str) -> Document:
        """Ask, expect success, return the answer."""
        headers = {"user-agent": OCEAN, "authorization": f"Bearer {self.token}"}
        answer = self.client.request(method, path, json=body, params=params, headers=headers)
        assert answer.is_success, answer.text
        found: Document = answer.json()
        return found

    def install(self) -> None:
        """Sign in, make the blueprints, say who this is."""
        key = {"clientId": "someone", "clientSecret": "anything"}
        self.token = self.ask("POST", "/v1/auth/access_token", key)["accessToken"]
        relations = {**COMPONENT["relations"], **IN_GROUP}
        for blueprint in (PAGE, GROUP, {**COMPONENT, "relations": relations}, INCIDENT):
            self.ask("POST", "/v1/blueprints", blueprint)
        self.ask("PATCH", "/v1/blueprints/page", COUNTS)
        who = {"installationId": "my-statuspage", "installationAppType": "statuspage"}
        self.ask("POST", "/v1/integration", {**who, "version": "1.0.0", "config": {}})

    def write(self, blueprint: str, *entities: Document) -> None:
        """Upsert entities."""
        path = f"/v1/blueprints/{blueprint}/entities/bulk"
        sent = {"entities": list(entities)}
        answer = self.ask("POST", path, sent, upsert="true", merge="true")
        assert answer.get("errors", []) == []

    def component(self, number: int, status: str = "operational", **more: Any) -> None:
        self.write("component", {**component(number, status), **more})

    def fill(self) -> None:
        """Bring the page with all that is on it."""
        self.write("page", {"identifier": "acme", "title": "Acme", "properties": {}})
        on_page = {"page": "acme"}
        self.write("group", {"identifier": "shop", "title": "Shop", "relations": on_page})
        every = [
            component(number, "operational" if number % 10 else "major_outage")
            for number in range(COMPONENTS)
        ]
        for start in range(0, COMPONENTS, 20):
            self.write("component", *every[start : start + 20])
        hit = {"components": ["c000", "c010", "c020"], "page": "acme"}
        impact = {"impact": "critical"}
        one = {"identifier": "i1", "title": "Payments fail", "properties": impact, "relations": hit}
        self.write("incident", one)

    def offer(self, *actions: Document) -> None:
        """Bring actions."""
        for one in actions:
            self.ask("POST", "/v1/actions", one)

    def board(self, word: str = "") -> None:
        """Bring a dashboard with one widget of each look, and a scorecard."""
        columns = [{"id": one["id"], "size": 6} for one in WIDGETS]
        widgets = [{**one, "title": f"{one['id']} {word}".strip()} for one in WIDGETS]
        root = {"type": "dashboard-widget", "layout": [{"columns": columns}], "widgets": widgets}
        page = {"identifier": "board", "title": f"Board {word}", "widgets": [root]}
        self.ask("POST", "/v1/pages", page)
        self.ask("POST", "/v1/blueprints/component/scorecards", HEALTH)

    def take(self) -> str:
        """Take the run that waits; return its id."""
        wanted = {"installationId": "my-statuspage", "limit": 9, "visibilityTimeoutMs": 60_000}
        (run,) = self.ask("POST", "/v1/actions/runs/claim-pending", wanted)["runs"]
        self.ask("PATCH", "/v1/actions/runs/ack", {"runId": run["id"]})
        return str(run["id"])

    def tell(self, run_id: str, message: str, **ended: str) -> None:
        """Write a line into the log of a run, and what became of it."""
        self.ask("POST", f"/v1/actions/runs/{run_id}/logs", {"message": message})
        if ended:
            self.ask("PATCH", f"/v1/actions/runs/{run_id}", ended)

    def begin(self) -> None:
        """Begin a resync."""
        self.ask("PATCH", f"{PATH}/resync-state", {"status": "running"})

    def end(self) -> None:
        """End the resync."""
        self.ask("PATCH", f"{PATH}/resync-state", {"status": "completed"})

    def report(self, event: str, kind: str, state: str, fetched: int, loaded: int) -> None:
        phases = {
            "extract": {"object_count_type": {"raw_extracted": {"object_count": fetched}}},
            "load": {"object_count_type": {"loaded": {"object_count": loaded}}},
            "resync": {"duration_seconds": 2.5},
        }
        row = {
            "kind": kind,
            "kindIdentifier": f"{kind}-0",
            "eventId": event,
            "syncState": state,
            "metrics": {"phase": phases},
        }
        self.ask("POST", METRICS, {"syncKindsMetrics": [row]})

    def log(self, level: str, message: str) -> None:
        """Send a line of the log."""
        line = {"level": level, "message": message, "timestamp": "2026-11-21T12:00:00Z"}
        self.ask("POST", "/ingest/my-statuspage/logs", {"logs": [line]})


def component(number: int, status: str) -> Document:
    return {
        "identifier": f"c{number:03}",
        "title": f"{NAMES[number % len(NAMES)]} {number:03}",
        "properties": {"status": status, "position": number, "since": "2026-11-01T08:00:00Z"},
        "relations": {"page": "acme", "group": "shop"},
    }
