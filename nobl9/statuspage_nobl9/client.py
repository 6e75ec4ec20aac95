"""Nobl9's status page as methods: one for each request, in both versions of the API.

What differs between the versions is put together in `changing`, `reporting` and `reading`.
"""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from statuspage import Raw, UnusableArgument

from .api_version import VersionInUse
from .components import Component, flattened
from .errors import UnusableAnswer
from .external_issue import ExternalIssue
from .looking import find_issue
from .moments import written
from .transport import Transport
from .versions import Version

PAGE_SIZE = 200
"""What a list of disruptions returns at most."""


@dataclass(frozen=True, slots=True)
class Nobl9Client:
    """Reads and writes one organization's status page. `connect` makes one."""

    transport: Transport
    version: VersionInUse
    closes: tuple[Callable[[], Awaitable[None]], ...] = ()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections that were made for this client, and none that it was given."""
        async with AsyncExitStack() as stack:
            for close in self.closes:
                stack.push_async_callback(close)

    @property
    def now(self) -> datetime:
        """The time that it is, by the client's clock."""
        return self.transport.clock.utc()

    async def status(self) -> Raw:
        """Return the status page: its components are a tree."""
        return await self._object("/status")

    async def components(self) -> list[Component]:
        """Return all components, parents before their children."""
        return flattened(await self.status())

    async def component(self, component_id: str) -> Raw:
        """Return one component with its impacting disruption (v2)."""
        return await self._object(f"/components/{_segment(component_id)}")

    async def incidents(self, *, ongoing: bool | None = None) -> Raw:
        """Return incidents by their days (v1): all, those that go on, or those that are over."""
        parameters = None if ongoing is None else {"ongoing": str(ongoing).lower()}
        return await self._object("/incidents", parameters)

    async def issues(self) -> Any:
        """Return what was reported."""
        return await self.transport.get("/issues")

    async def issue_summary(self) -> Raw:
        """Return how much was reported, by source, by time and by component."""
        return await self._object("/issues/summary")

    async def create_issue(
        self, component_id: str, *, occurred_at: datetime, comment: str = ""
    ) -> Any:
        """Report that something is wrong with a component, as a user does."""
        body = {
            "componentId": component_id,
            "occurredAt": written(occurred_at),
            "comment": comment,
        }

        async def look() -> Raw | None:
            return find_issue(await self.issues(), body)

        return await self.transport.post("/issues", body, look=look)

    async def send_external_issue(self, issue: ExternalIssue) -> Raw:
        """Send a report from outside; one name may be that of several components."""
        body = issue.body(await self.version.get())

        async def look() -> Raw | None:
            found = find_issue(await self.issues(), body)
            return None if found is None else {"reports": [found], "statusChanges": []}

        answer = await self.transport.post("/issues/external", body, look=look, basic=True)
        return answer if isinstance(answer, dict) else {}

    async def change_status(
        self, component_id: str, status: str, *, comment: str = "", propagate: bool = False
    ) -> Raw:
        """Set a component's status (v1): that opens an incident, or ends it."""
        path = f"/components/{_segment(component_id)}/change-status"
        body = {"status": status, "comment": comment, "propagateUp": propagate}

        async def look() -> Raw | None:
            rows = await self.components()
            is_so = any(one.id == component_id and one.status == status for one in rows)
            return {"newStatus": status} if is_so else None

        answer = await self.transport.post(path, body, look=look)
        return answer if isinstance(answer, dict) else {"newStatus": status}

    async def status_changes(self, component_id: str) -> Raw:
        """Return how a component's status changed (v1), who changed it, and why."""
        return await self._object(f"/components/{_segment(component_id)}/status-changes")

    async def disruptions(self, *, state: str | None = None, limit: int | None = None) -> list[Raw]:
        """Return disruptions (v2): all, or those that are `impacting` or `cleared`."""
        found: dict[str, Raw] = {}
        while limit is None or len(found) < limit:
            size = PAGE_SIZE if limit is None else min(PAGE_SIZE, limit - len(found))
            parameters: dict[str, str | int] = {"limit": size, "offset": len(found)}
            if state is not None:
                parameters["state"] = state
            page = await self._object("/disruptions", parameters)
            rows = page.get("disruptions")
            if not isinstance(rows, list):
                raise UnusableAnswer("GET /status-page/disruptions", "it holds no disruptions")
            known = len(found)
            found |= {str(row.get("id")): row for row in rows if isinstance(row, dict)}
            if len(rows) < size or len(found) == known:
                break
        return list(found.values())

    async def create_disruption(
        self,
        component_id: str,
        severity: str,
        *,
        start_time: datetime,
        comment: str = "",
        source: str = "manual",
    ) -> None:
        """Register that a component is disrupted (v2); it can have one such at a time."""
        body = {
            "originComponentId": component_id,
            "severity": severity,
            "startTime": written(start_time),
            "comment": comment,
            "source": source,
        }

        async def look() -> Raw | None:
            return impacting(await self.component(component_id))

        await self.transport.post("/disruptions", body, look=look)

    async def clear_disruption(
        self, disruption_id: str, *, end_time: datetime, comment: str = ""
    ) -> None:
        """End a disruption (v2)."""
        body = {"endTime": written(end_time), "comment": comment}

        async def look() -> Raw | None:
            rows = await self.disruptions(state="impacting")
            return None if any(row.get("id") == disruption_id for row in rows) else {}

        path = f"/disruptions/{_segment(disruption_id)}/clear"
        await self.transport.post(path, body, look=look)

    async def change_severity(
        self, disruption_id: str, severity: str, *, comment: str = ""
    ) -> None:
        """Make a disruption worse or better (v2); twice is as once."""
        body = {"severity": severity, "comment": comment}
        await self.transport.post(f"/disruptions/{_segment(disruption_id)}/change-severity", body)

    async def timeline(self, *, impacting_only: bool = False) -> Any:
        """Return the disruptions along the time (v2)."""
        body = {"impactingOnly": impacting_only}
        return await self.transport.post("/disruptions/timeline", body)

    async def speaks(self, version: Version) -> bool:
        """Tell whether this version of the API is spoken."""
        return await self.version.get() is version

    async def _object(self, path: str, parameters: dict[str, Any] | None = None) -> Raw:
        content = await self.transport.get(path, parameters)
        if not isinstance(content, dict):
            raise UnusableAnswer(f"GET /status-page{path}", "an object was expected")
        return content


def impacting(component: Raw) -> Raw | None:
    """Return the disruption that a component has now."""
    found = component.get("impactingDisruption")
    return found if isinstance(found, dict) else None


def _segment(id_: str) -> str:
    """Return an id as a part of a path."""
    if not id_ or not all(one.isalnum() or one in "-_" for one in id_) or not id_.isascii():
        raise UnusableArgument("id", f"is {id_[:70]!r}, which cannot be an id of Nobl9.")
    return id_
