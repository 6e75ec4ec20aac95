"""What is in the sandbox's catalog, and what was asked of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from resync.web import ask

# The integration's kinds and where the shipped mapping puts them.
BLUEPRINTS = {
    "statuspage": "statuspage",
    "component_group": "statuspageComponentGroup",
    "component": "statuspageComponent",
    "incident": "statuspageIncident",
    "incident_update": "statuspageIncidentUpdate",
}
_WRITE = re.compile(r"POST /v1/blueprints/\w+/(entities|entities/bulk|bulk/entities/delete)$")


@dataclass(frozen=True, slots=True)
class Catalog:
    """A sandbox, as a client of Port sees it."""

    address: str

    def be_slow(self, latency: float) -> None:
        """Answer so many seconds later; count requests from zero."""
        ask(f"{self.address}/sandbox/faults", method="DELETE")
        ask(f"{self.address}/sandbox/faults", body={"latencyMs": latency * 1000})

    def requests(self) -> Mapping[str, int]:
        counted: Mapping[str, int] = ask(f"{self.address}/sandbox/faults")["requests"]
        return counted

    def entities(self, blueprint: str, part: str) -> dict[str, Any]:
        """Return one property of every entity of a blueprint, by identifier."""
        secrets = {"clientId": "benchmark", "clientSecret": "benchmark"}
        token = ask(f"{self.address}/v1/auth/access_token", body=secrets)["accessToken"]
        options = f"exclude_calculated_properties=true&include=identifier&include={part}"
        rule = {"property": "$blueprint", "operator": "=", "value": blueprint}
        found = ask(
            f"{self.address}/v1/entities/search?{options}",
            body={"combinator": "and", "rules": [rule]},
            headers={"authorization": f"Bearer {token}"},
        )["entities"]
        head, _, tail = part.partition(".")
        return {one["identifier"]: one[head][tail] if tail else one[head] for one in found}

    def first_entity(self) -> float | None:
        """Return when the first entity came, in seconds since the epoch."""
        moments = [
            datetime.fromisoformat(created).timestamp()
            for blueprint in BLUEPRINTS.values()
            for created in self.entities(blueprint, "createdAt").values()
        ]
        return min(moments, default=None)


def writes(requests: Mapping[str, int]) -> int:
    return sum(count for request, count in requests.items() if _WRITE.search(request))
