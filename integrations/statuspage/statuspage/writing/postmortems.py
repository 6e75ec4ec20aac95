"""Postmortems of one page's incidents."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from statuspage import endpoints
from statuspage.answers import Raw
from statuspage.client import StatuspageClient
from statuspage.drafts import Postmortem, Publication
from statuspage.errors import NotFound, UnusableAnswer

from .attempts import once


@dataclass(frozen=True, slots=True)
class Postmortems:
    """What can be done to the postmortem of an incident, which has no id of its own."""

    client: StatuspageClient
    page_id: str

    async def read(self, incident_id: str) -> Raw | None:
        """Return the postmortem, None when there is none."""
        path = endpoints.postmortem(self.page_id, incident_id)
        try:
            return _object(f"GET {path}", await self.client.transport.get(path))
        except NotFound:
            return None

    async def write(self, incident_id: str, postmortem: Postmortem) -> Raw:
        """Write a draft; what is public stays as it is until the next publication."""
        return await self._put(
            incident_id,
            "",
            postmortem.request(),
            lambda now: now.get("body_draft") == postmortem.body,
        )

    async def publish(self, incident_id: str, publication: Publication | None = None) -> Raw:
        """Make the draft public."""
        request = (publication or Publication()).request()
        return await self._put(incident_id, "/publish", request, _is_public)

    async def revert(self, incident_id: str) -> Raw:
        """Take the postmortem back from the public; its draft stays."""
        return await self._put(
            incident_id, "/revert", None, lambda now: not now.get("published_at")
        )

    async def _put(
        self,
        incident_id: str,
        verb: str,
        request: dict[str, Any] | None,
        is_so: Callable[[Raw], bool],
    ) -> Raw:
        path = endpoints.postmortem(self.page_id, incident_id) + verb

        async def send() -> Raw:
            return _object(f"PUT {path}", await self.client.transport.put(path, request))

        async def look() -> Raw | None:
            now = await self.read(incident_id)
            return now if now is not None and is_so(now) else None

        return await once(self.client.transport, send, look)


def _is_public(postmortem: Raw) -> bool:
    draft = postmortem.get("body_draft")
    return bool(postmortem.get("published_at")) and draft in (None, "", postmortem.get("body"))


def _object(request: str, content: Any) -> Raw:
    if not isinstance(content, dict):
        raise UnusableAnswer(request, "an object was expected")
    return content
