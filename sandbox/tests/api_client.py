"""A sandbox in memory, a clock that stands still, and someone signed in."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

type Document = dict[str, Any]

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
OCEAN = "port-ocean/statuspage/1.0.0/my-statuspage/exporter"

PAGE: Document = {
    "identifier": "page",
    "title": "Page",
    "schema": {"properties": {"url": {"type": "string", "format": "url"}}, "required": []},
    "relations": {},
}
COMPONENT: Document = {
    "identifier": "component",
    "title": "Component",
    "schema": {
        "properties": {
            "status": {
                "type": "string",
                "enum": ["operational", "major_outage"],
                "enumColors": {"operational": "green", "major_outage": "red"},
            },
            "since": {"type": "string", "format": "date-time"},
            "position": {"type": "number"},
            "notes": {"type": "string", "format": "markdown"},
        },
        "required": [],
    },
    "relations": {"page": {"target": "page", "many": False, "required": False}},
    "mirrorProperties": {"pageUrl": {"path": "page.url"}, "pageName": {"path": "page.$title"}},
    "calculationProperties": {
        "loud": {"type": "string", "calculation": '.properties.status | ascii_upcase + "!"'},
        "host": {"type": "string", "calculation": '.properties.pageUrl | split("/")[2]'},
    },
}
COUNTS: Document = {
    "aggregationProperties": {
        "components": {
            "title": "Components",
            "target": "component",
            "calculationSpec": {"calculationBy": "entities", "func": "count"},
            "pathFilter": [{"fromBlueprint": "component", "path": ["page"]}],
        },
        "down": {
            "title": "Down",
            "target": "component",
            "calculationSpec": {"calculationBy": "entities", "func": "count"},
            "query": {
                "combinator": "and",
                "rules": [{"property": "status", "operator": "=", "value": "major_outage"}],
            },
        },
    }
}


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Let time go by."""
        self.now += timedelta(**by)


@dataclass
class ApiClient:
    """A client who is signed in, and the clock of the sandbox it asks."""

    client: httpx.AsyncClient
    clock: Clock = field(default_factory=Clock)

    async def sign_in(self) -> None:
        body = {"clientId": "someone", "clientSecret": "anything"}
        answer = await self.client.post("/v1/auth/access_token", json=body)
        self.client.headers["authorization"] = f"Bearer {answer.json()['accessToken']}"

    async def ask(
        self, method: str, path: str, body: Any = None, *, status: int = 200, **more: Any
    ) -> Document:
        """Ask, expect a status, return the answer."""
        answer = await self.client.request(method, path, json=body, **more)
        assert answer.status_code == status, answer.text
        document: Document = answer.json()
        return document

    async def blueprints(self) -> None:
        """Make pages and components, pages with their counts."""
        await self.ask("POST", "/v1/blueprints", PAGE, status=201)
        await self.ask("POST", "/v1/blueprints", COMPONENT, status=201)
        await self.ask("PATCH", "/v1/blueprints/page", COUNTS)

    async def write(
        self,
        blueprint: str,
        *entities: Document,
        status: int = 200,
        agent: str = OCEAN,
        create_missing: bool = False,
    ) -> Document:
        """Upsert as Ocean does."""
        flags = {
            "upsert": "true",
            "merge": "true",
            "create_missing_related_entities": str(create_missing).lower(),
            "ocean_info_event_type": "resync",
        }
        return await self.ask(
            "POST",
            f"/v1/blueprints/{blueprint}/entities/bulk",
            {"entities": list(entities)},
            status=status,
            params=flags,
            headers={"user-agent": agent},
        )

    async def entity(self, blueprint: str, identifier: str) -> Document:
        """Return an entity as it is shown."""
        found = await self.ask("GET", f"/v1/blueprints/{blueprint}/entities/{identifier}")
        entity: Document = found["entity"]
        return entity

    async def page(self, path: str, status: int = 200) -> str:
        answer = await self.client.get(path)
        assert answer.status_code == status, answer.text
        return answer.text
