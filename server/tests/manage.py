"""A client of the manage API inside the tests: says what it did when an answer is unexpected."""

from dataclasses import dataclass
from typing import Any

from statuspage_server.storage.keys import create_key
from tests.running import RunningServer


@dataclass
class Manage:
    server: RunningServer
    key: str
    page_id: str

    @classmethod
    async def of(cls, server: RunningServer, *, read_only: bool = False) -> "Manage":
        key = await server.runtime.database.write(
            lambda c: create_key(c, "tests", server.clock(), read_only=read_only)
        )
        page_id = server.runtime.monitors.default_page_id
        assert page_id is not None
        return cls(server, key, page_id)

    async def ask(
        self, method: str, path: str, body: Any = None, expect: int | None = None, **query: Any
    ) -> Any:
        """`path` below the page, or from the root when it begins with a slash."""
        url = f"/v1{path}" if path.startswith("/") else f"/v1/pages/{self.page_id}/{path}"
        answer = await self.server.client.request(
            method,
            url,
            json=body,
            params=query or None,
            headers={"Authorization": f"OAuth {self.key}"},
        )
        expected = expect or (201 if method == "POST" else 200)
        assert answer.status_code == expected, f"{method} {url}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def get(self, path: str, expect: int = 200, **query: Any) -> Any:
        return await self.ask("GET", path, expect=expect, **query)

    async def post(self, path: str, body: Any, expect: int = 201) -> Any:
        return await self.ask("POST", path, body, expect)

    async def patch(self, path: str, body: Any, expect: int = 200) -> Any:
        return await self.ask("PATCH", path, body, expect)

    async def put(self, path: str, body: Any = None, expect: int = 200) -> Any:
        return await self.ask("PUT", path, body, expect)

    async def delete(self, path: str, expect: int = 200, **query: Any) -> Any:
        return await self.ask("DELETE", path, expect=expect, **query)

    async def component(self, name: str, **fields: Any) -> str:
        made = await self.post("components", {"component": {"name": name, **fields}})
        return str(made["id"])

    async def incident(self, name: str = "Trouble", **fields: Any) -> Any:
        return await self.post("incidents", {"incident": {"name": name, **fields}})

    async def status_of(self, component_id: str) -> str:
        return str((await self.get(f"components/{component_id}"))["status"])
