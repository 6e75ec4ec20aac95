"""The status page as its manage API tells it, and what the catalog must hold of it."""

from collections.abc import Iterator
from typing import Any, Self

import httpx

type Raw = dict[str, Any]

PAGE_SIZE = 100


class Statuspage:
    """A client of a server, with a key of its own: nothing it asks is counted for others."""

    def __init__(self, address: str, key: str) -> None:
        self._client = httpx.Client(
            base_url=f"{address}/v1/",
            headers={"authorization": f"OAuth {key}"},
            timeout=30,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def pages(self) -> list[Raw]:
        found: list[Raw] = self._ask("GET", "pages")
        return found

    def change_page(self, page_id: str, **fields: Any) -> None:
        self._ask("PATCH", f"pages/{page_id}", {"page": fields})

    def groups(self, page_id: str) -> list[Raw]:
        return list(self._all(f"pages/{page_id}/component-groups", "per_page"))

    def components(self, page_id: str) -> list[Raw]:
        """Return all components of a page; the rows of groups are none."""
        rows = self._all(f"pages/{page_id}/components", "per_page")
        return [row for row in rows if not row["group"]]

    def incidents(self, page_id: str) -> list[Raw]:
        """Return all incidents of a page, the newest first."""
        return list(self._all(f"pages/{page_id}/incidents", "limit"))

    def webhooks(self, page_id: str) -> list[Raw]:
        path = f"pages/{page_id}/subscribers?state=all&type=webhook"
        found: list[Raw] = self._ask("GET", path)
        return found

    def add_component(self, page_id: str, **fields: Any) -> str:
        """Make a component; return its id."""
        return self._made(f"pages/{page_id}/components", "component", fields)

    def change_component(self, page_id: str, component_id: str, **fields: Any) -> None:
        path = f"pages/{page_id}/components/{component_id}"
        self._ask("PATCH", path, {"component": fields})

    def delete_component(self, page_id: str, component_id: str) -> None:
        self._ask("DELETE", f"pages/{page_id}/components/{component_id}")

    def open_incident(self, page_id: str, **fields: Any) -> str:
        """Open an incident; return its id."""
        return self._made(f"pages/{page_id}/incidents", "incident", fields)

    def change_incident(self, page_id: str, incident_id: str, **fields: Any) -> None:
        """Change an incident; another status or a body adds an update."""
        self._ask("PATCH", f"pages/{page_id}/incidents/{incident_id}", {"incident": fields})

    def delete_incident(self, page_id: str, incident_id: str) -> None:
        self._ask("DELETE", f"pages/{page_id}/incidents/{incident_id}")

    def _made(self, path: str, name: str, fields: Raw) -> str:
        return str(self._ask("POST", path, {name: fields})["id"])

    def _all(self, path: str, size: str) -> Iterator[Raw]:
        number, full = 1, True
        while full:
            found = self._ask("GET", f"{path}?page={number}&{size}={PAGE_SIZE}")
            yield from found
            number, full = number + 1, len(found) == PAGE_SIZE

    def _ask(self, method: str, path: str, body: Raw | None = None) -> Any:
        answer = self._client.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None
