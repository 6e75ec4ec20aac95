"""A client of the Nobl9 API inside the tests: says what it did when an answer is unexpected."""

from dataclasses import dataclass
from typing import Any

from tests.manage import Manage

STATUS_PAGE = "/api/dashboards/v1/status-page"


@dataclass
class Nobl9:
    manage: Manage
    name: str = "tests"
    token: str | None = None
    """Presented in place of the key."""

    @property
    def basic(self) -> tuple[str, str]:
        return self.name, self.manage.key

    async def ask(
        self, method: str, path: str, body: Any = None, expect: int = 200, **query: Any
    ) -> Any:
        basic = path == "issues/external"
        answer = await self.manage.server.client.request(
            method,
            f"{STATUS_PAGE}/{path}",
            json=body,
            params=query or None,
            auth=self.basic if basic else None,
            headers={
                "Organization": self.manage.page_id,
                **({} if basic else {"Authorization": f"Bearer {self.token or self.manage.key}"}),
            },
        )
        assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def get(self, path: str, expect: int = 200, **query: Any) -> Any:
        return await self.ask("GET", path, expect=expect, **query)

    async def post(self, path: str, body: Any, expect: int = 200) -> Any:
        return await self.ask("POST", path, body, expect)

    async def change_status(
        self, component_id: str, status: str, comment: str | None = None, expect: int = 200
    ) -> Any:
        body = {"status": status, "comment": comment, "propagateUp": True}
        return await self.post(f"components/{component_id}/change-status", body, expect)

    async def register(
        self, component_id: str, severity: str, expect: int = 204, **more: Any
    ) -> None:
        body = {"originComponentId": component_id, "severity": severity, **more}
        await self.post("disruptions", body, expect)

    async def report(self, component_id: str, comment: str = "It is slow.") -> Any:
        return await self.post("issues", {"componentId": component_id, "comment": comment}, 201)

    async def disruptions(self, **query: Any) -> list[Any]:
        found: list[Any] = (await self.get("disruptions", **query))["disruptions"]
        return found
