"""Ocean's client of Port, as a full resync uses it.

Reports go out in the background, and what is searched for is not checked property by property.
"""

from typing import Any, override

import httpx
from port_ocean.clients.port.client import PortClient
from port_ocean.clients.port.mixins.entities import DATASOURCE_ENTITIES_PAGE_SIZE
from port_ocean.clients.port.types import UserAgentType
from port_ocean.clients.port.utils import handle_port_status_code
from port_ocean.core.models import Entity

from aside import aside
from mapping.entities import entity

from .kept import kept

type Json = dict[str, Any]

# What is overridden, with its parameters.
RESTS_ON = {
    "post_integration_sync_metrics": ["self", "metrics"],
    "put_integration_sync_metrics": ["self", "kind_metrics"],
    "ingest_integration_kind_examples": ["self", "kind", "data", "should_log"],
    "_search_entities_by_query": [
        *("self", "user_agent_type", "query", "parameters_to_include"),
    ],
    "_search_entities_by_datasource_paginated": ["self", "user_agent_type", "before"],
}


class LoadingPortClient(PortClient):
    """Ocean's client, with fewer waits and fewer checks."""

    def __init__(self, port: PortClient) -> None:
        # Connection, token and limits stay those of the one client.
        vars(self).update(vars(port))

    @override
    async def post_integration_sync_metrics(self, metrics: list[Json]) -> None:
        post = super().post_integration_sync_metrics
        await aside("reports", lambda: post(metrics))

    @override
    async def put_integration_sync_metrics(self, kind_metrics: Json) -> None:
        put = super().put_integration_sync_metrics
        await aside("reports", lambda: put(kind_metrics))

    @override
    async def ingest_integration_kind_examples(
        self, kind: str, data: list[Json], should_log: bool = True
    ) -> None:
        ingest = super().ingest_integration_kind_examples
        await aside("examples", lambda: ingest(kind, data, should_log))

    @override
    async def _search_entities_by_query(
        self,
        user_agent_type: UserAgentType,
        query: Json,
        parameters_to_include: list[str] | None,
    ) -> list[Entity]:
        ours = self.auth.integration_identifier
        if query.get("rules"):
            query["rules"] += [
                {"property": "$datasource", "operator": "contains", "value": value}
                for value in (
                    f"port-ocean/{self.auth.integration_type}/",
                    f"/{ours}/{user_agent_type.value}",
                )
            ]
        answer = await self._asked(
            "entities/search",
            query,
            user_agent_type,
            params={
                "exclude_calculated_properties": "true",
                "include": parameters_to_include or ["blueprint", "identifier"],
            },
        )
        return [entity(one) for one in answer["entities"]]

    @override
    async def _search_entities_by_datasource_paginated(
        self, user_agent_type: UserAgentType, before: str | None = None
    ) -> list[Entity]:
        """Return all entities of this installation, as little of each as is needed to delete it."""
        wanted = {
            "datasource_prefix": f"port-ocean/{self.auth.integration_type}/",
            "datasource_suffix": f"/{self.auth.integration_identifier}/{user_agent_type.value}",
            "limit": DATASOURCE_ENTITIES_PAGE_SIZE,
            **({} if before is None else {"before": before}),
        }
        found: list[Entity] = []
        page: Json = {}
        while True:
            page = await self._asked(
                "blueprints/entities/datasource-entities", wanted, user_agent_type
            )
            found += [kept(entity(one)) for one in page.get("entities", [])]
            if not page.get("next"):
                return found
            wanted["from"] = page["next"]

    async def _asked(self, path: str, body: Json, user_agent: UserAgentType, **more: Any) -> Json:
        response = await self.client.post(
            f"{self.auth.api_url}/{path}",
            json=body,
            headers=await self.auth.headers(user_agent),
            extensions={"retryable": True},
            **more,
        )
        handle_port_status_code(response)
        answer: Json = response.json()
        # It refers back to the response: what was read goes at once, not when Python looks for
        # garbage.
        response.stream = httpx.ByteStream(b"")
        return answer
