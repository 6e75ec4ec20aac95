"""The catalog as anyone with a token reads it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

import httpx

type Entity = dict[str, Any]

BLUEPRINTS = (
    "statuspage",
    "statuspageComponentGroup",
    "statuspageComponent",
    "statuspageIncident",
    "statuspageIncidentUpdate",
)


class Catalog:
    """A client of a sandbox."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=30, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def entities(self) -> dict[str, dict[str, Entity]]:
        """Return all entities by blueprint and identifier, calculated properties left out."""
        return {
            blueprint: {
                one["identifier"]: one
                for one in self._ask(
                    "GET",
                    f"/v1/blueprints/{blueprint}/entities",
                    params={"exclude_calculated_properties": "true"},
                )["entities"]
            }
            for blueprint in BLUEPRINTS
        }

    def identifiers(self) -> set[tuple[str, str]]:
        return {(blueprint, one) for blueprint, found in self.entities().items() for one in found}

    def written_by(self, integration: str) -> set[tuple[str, str]]:
        """Return blueprint and identifier of all that an integration owns."""
        body = {
            "datasource_prefix": "port-ocean/statuspage/",
            "datasource_suffix": f"/{integration}/exporter",
        }
        found = self._ask("POST", "/v1/blueprints/entities/datasource-entities", json=body)
        return {(one["blueprint"], one["identifier"]) for one in found["entities"]}

    def allow_only(self, blueprint: str, name: str, values: list[str]) -> None:
        """Let a property have these values alone, as in a blueprint that was changed by hand."""
        path = f"/v1/blueprints/{blueprint}"
        schema = self._ask("GET", path)["blueprint"]["schema"]
        schema["properties"][name]["enum"] = values
        schema["properties"][name].pop("enumColors", None)
        self._ask("PATCH", path, json={"schema": schema})

    def entity(self, blueprint: str, identifier: str) -> Entity:
        """Return one entity as its page shows it, with what Port works out."""
        found: Entity = self._ask("GET", f"/v1/blueprints/{blueprint}/entities/{identifier}")[
            "entity"
        ]
        return found

    def add_blueprint(self, identifier: str, entities: list[str]) -> None:
        """Make a blueprint without properties, and its entities."""
        body = {"identifier": identifier, "title": identifier, "schema": {"properties": {}}}
        self._ask("POST", "/v1/blueprints", json=body)
        for one in entities:
            made = {"identifier": one, "title": one}
            self._ask("POST", f"/v1/blueprints/{identifier}/entities", json=made)

    def add_to_blueprint(self, blueprint: str, section: str, more: Entity) -> None:
        """Add to a section of a blueprint, as one who edits its JSON."""
        path = f"/v1/blueprints/{blueprint}"
        there = self._ask("GET", path)["blueprint"][section]
        self._ask("PATCH", path, json={section: {**there, **more}})

    def add_scorecard(self, blueprint: str, scorecard: Entity) -> None:
        self._ask("POST", f"/v1/blueprints/{blueprint}/scorecards", json=scorecard)

    def add_to_relations(self, integration: str, kind: str, more: Entity) -> None:
        """Add to the relations of a kind in the mapping, as one who edits it in Port."""
        path = f"/v1/integration/{integration}"
        config = self._ask("GET", path)["integration"]["config"]
        (resource,) = (one for one in config["resources"] if one["kind"] == kind)
        resource["port"]["entity"]["mappings"]["relations"].update(more)
        self._ask("PATCH", f"{path}/config", json={"config": config})

    def say_last_synced(self, integration: str, kinds: Iterable[str], at: datetime) -> None:
        """Have the next incremental sync look for what changed since a moment."""
        for index, kind in enumerate(kinds):
            path = f"/v1/integration/{integration}/cursor?kind={kind}&index={index}"
            there = self._ask("GET", path)["cursor"]
            self._ask("PUT" if there else "POST", path, json={"primary": at.isoformat()})

    def ask_for_resync(self, integration: str) -> None:
        """Press the button."""
        self._ask("PATCH", f"/v1/integration/{integration}", json={})

    def resync_state(self, integration: str) -> str:
        found = self._ask("GET", f"/v1/integration/{integration}")["integration"]
        return str(found["resyncState"].get("status", ""))

    def act(self, action: str, properties: Entity, entity: str | None = None) -> str:
        """Start an action as its form does; return the id of its run."""
        body = {"properties": properties, **({} if entity is None else {"entity": entity})}
        return str(self._ask("POST", f"/v1/actions/{action}/runs", json=body)["run"]["id"])

    def action_run(self, run_id: str) -> Entity:
        found: Entity = self._ask("GET", f"/v1/actions/runs/{run_id}")["run"]
        return found

    def log_of(self, run_id: str) -> list[str]:
        """Return the lines of a run's log."""
        lines = self._ask("GET", f"/v1/actions/runs/{run_id}/logs")["runLogs"]
        return [str(line["message"]) for line in lines]

    def token(self) -> str:
        """Sign in; return the token."""
        body = {"clientId": "a-reader", "clientSecret": "any"}
        answer = self._client.post("/v1/auth/access_token", json=body).raise_for_status()
        return str(answer.json()["accessToken"])

    def lets_in(self, token: str) -> bool:
        """Tell whether a token is still good."""
        headers = {"authorization": f"Bearer {token}"}
        return self._client.get("/v1/organization", headers=headers).is_success

    def _ask(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {self.token()}"}
        answer = self._client.request(method, path, headers=headers, **more)
        answer.raise_for_status()
        document: dict[str, Any] = answer.json()
        return document
