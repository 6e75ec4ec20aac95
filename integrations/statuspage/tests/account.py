"""A Statuspage account in memory: the manage API and the public one as we use them.

Strict: a request that the API would not understand fails the test that sent it.
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from .fake_subscribers import Subscribers
from .public_view import PublicView

type Raw = dict[str, Any]
type Fault = Callable[[httpx.Request], httpx.Response]

KEY = "made-up-key-0815-4711"
ADDED = "2026-01-01T00:00:00Z"

SCOPES: dict[str, set[str]] = {
    "incidents/unresolved": {"investigating", "identified", "monitoring"},
    "incidents/scheduled": {"scheduled", "in_progress", "verifying"},
    "incidents/upcoming": {"scheduled"},
    "incidents/active_maintenance": {"in_progress", "verifying"},
}


@dataclass
class Page:
    """One page and all that it holds; incidents in the order in which they are listed."""

    raw: Raw
    groups: list[Raw] = field(default_factory=list)
    components: list[Raw] = field(default_factory=list)
    incidents: list[Raw] = field(default_factory=list)
    subscribers: Subscribers = field(default_factory=Subscribers)
    public: PublicView = field(default_factory=PublicView)

    def collection(self, path: str) -> list[Raw] | None:
        """Return a list by its path below the page."""
        if path in SCOPES:
            return [one for one in self.incidents if one["status"] in SCOPES[path]]
        lists = {
            "component-groups": self.groups,
            "components": self.components,
            "incidents": self.incidents,
        }
        return lists.get(path)


class Account:
    """Answers requests, counts those that a key's quota counts, and fails where it is told to."""

    def __init__(self, now: Callable[[], float] | None = None) -> None:
        self._now = now
        self.pages: dict[str, Page] = {}
        self.counted: list[str] = []
        self.public: list[str] = []
        self.written: list[str] = []
        self._faults: list[tuple[re.Pattern[str], Fault, int | None]] = []
        self._numbers = itertools.count(1)

    def add_page(
        self, *, components: int = 0, groups: int = 0, incidents: int = 0, **changes: Any
    ) -> Page:
        """Add a page of a size; the first component of each group is its member."""
        page_id = self._id("page")
        page = Page({"id": page_id, "name": f"Page {page_id}", "updated_at": ADDED} | changes)
        self.pages[page.raw["id"]] = page
        for _ in range(groups):
            self.add_group(page)
        for number in range(components):
            group = page.groups[number]["id"] if number < groups else None
            self.add_component(page, group_id=group)
        for _ in range(incidents):
            self.add_incident(page)
        return page

    def add_group(self, page: Page, status: str = "operational") -> Raw:
        """Add a group, which is a row among the components too."""
        raw = {"id": self._id("group"), "page_id": page.raw["id"], "name": "Group"}
        page.groups.append({**raw, "components": [], "position": 1})
        page.components.append({**raw, "group": True, "group_id": None, "status": status})
        return page.groups[-1]

    def add_component(self, page: Page, **changes: Any) -> Raw:
        """Add a component."""
        raw = {
            "id": self._id("comp"),
            "page_id": page.raw["id"],
            "name": "Component",
            "group": False,
            "group_id": None,
            "status": "operational",
        }
        page.components.append(raw | changes)
        return page.components[-1]

    def add_incident(self, page: Page, **changes: Any) -> Raw:
        """Add an incident with two updates, as the newest."""
        incident_id = self._id("inc")
        updates = [
            {
                "id": self._id("upd"),
                "incident_id": incident_id,
                "status": status,
                "body": f"It is {status}.",
                "display_at": ADDED,
                "affected_components": None,
                # A number, as on real pages.
                "tweet_id": 1826384769184739327,
            }
            for status in ("resolved", "investigating")
        ]
        raw = {
            "id": incident_id,
            "page_id": page.raw["id"],
            "name": "Incident",
            "status": "resolved",
            "impact": "minor",
            "created_at": ADDED,
            "updated_at": ADDED,
            "incident_updates": updates,
            "components": [],
        }
        page.incidents.insert(0, raw | changes)
        return page.incidents[0]

    def fail(self, path: str, fault: Fault | int, *, times: int | None = None) -> None:
        """Answer requests whose path and query match a pattern with a status or something else."""
        if isinstance(fault, int):
            status = fault
            fault = lambda _: httpx.Response(status, json={"error": f"made-up {status}"})  # noqa: E731
        self._faults.append((re.compile(path), fault, times))

    def heal(self) -> None:
        """Take all faults back."""
        self._faults.clear()

    def _id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):0{12 - len(prefix)}d}"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        address = request.url.raw_path.decode()
        # Atlassian gives each page a host of its own; other servers have all pages on theirs.
        public = re.fullmatch(r"(?!api\.)([a-z0-9]+)\.statuspage\.io", request.url.host)
        public = public or re.match(r"/pages/(\w+)/api/v2/\w+\.json$", address)
        if public:
            assert request.method == "GET", f"{request.method} {request.url}"
            assert "authorization" not in request.headers, "the key is not for the public API"
            self.public.append(public[1])
            return self._fault(public[1] + address, request) or self._public(public[1], address)
        self.counted.append(address)
        if request.headers.get("authorization") != f"OAuth {KEY}":
            return httpx.Response(401, json={"error": "Could not authenticate"})
        if request.method != "GET":
            self.written.append(f"{request.method} {address}")
        return self._fault(f"{request.method} {address}", request) or self._managed(request)

    def _fault(self, address: str, request: httpx.Request) -> httpx.Response | None:
        for place, (pattern, fault, times) in enumerate(self._faults):
            if pattern.search(address) and times != 0:
                self._faults[place] = (pattern, fault, None if times is None else times - 1)
                return fault(request)
        return None

    def _public(self, page_id: str, address: str) -> httpx.Response:
        names = "status|summary|incidents|scheduled-maintenances"
        document = re.search(rf"/api/v2/({names})\.json$", address)
        assert document, f"no such document: {address}"
        page = self.pages.get(page_id)
        if page is None:
            return httpx.Response(404)
        content = page.public.document(
            document[1], page.raw, page.components, page.incidents, self._now
        )
        return httpx.Response(200, content=content)

    def _managed(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == "/v1/pages":
            return httpx.Response(200, json=[page.raw for page in self.pages.values()])
        if (alone := re.fullmatch(r"/v1/pages/(\w+)", path)) is not None:
            known = self.pages.get(alone[1])
            return httpx.Response(200, json=known.raw) if known else httpx.Response(404)
        below = re.fullmatch(r"/v1/pages/(\w+)/(.+)", path)
        assert below, f"no such endpoint: {path}"
        page = self.pages.get(below[1])
        if page is None:
            return httpx.Response(404, json={"error": "Not found"})
        if below[2].startswith("subscribers"):
            return page.subscribers.answer(below[2], request)
        assert request.method == "GET", f"{request.method} {request.url}"
        items = page.collection(below[2])
        if items is not None:
            return self._paged(items, request)
        kind, _, one = below[2].partition("/")
        found = [item for item in page.collection(kind) or [] if item["id"] == one]
        return httpx.Response(200, json=found[0]) if found else httpx.Response(404)

    @staticmethod
    def _paged(items: list[Raw], request: httpx.Request) -> httpx.Response:
        query = request.url.params
        size_parameter = "limit" if request.url.path.endswith("/incidents") else "per_page"
        assert set(query) == {"page", size_parameter}, f"what the API would ignore: {query}"
        size = min(int(query[size_parameter]), 100)
        first = (int(query["page"]) - 1) * size
        return httpx.Response(200, json=items[first : first + size])


def least_requests(account: Account) -> int:
    """Return the requests that reading everything takes at least."""
    return 1 + sum(
        len(page.groups) // 100
        + 1
        + len(page.components) // 100
        + 1
        + len(page.incidents) // 100
        + 1
        for page in account.pages.values()
    )
