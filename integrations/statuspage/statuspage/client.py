"""The Statuspage API as methods: one per resource."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, replace
from typing import Any, Self

from . import endpoints, page_status
from .answers import Raw, as_object, as_objects
from .errors import NotFound, RequestError, UnusableAnswer
from .pacing import Clock, Urgency
from .page_status import PageStatus, Summary
from .paging import Collection, Walk
from .retrying import NO_RETRY, RetryPolicy
from .transport import Document, Reading, Transport


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of the API: iterate it, or take it in the batches in which it comes."""

    transport: Transport
    page_id: str
    collection: Collection

    async def __aiter__(self) -> AsyncIterator[Raw]:
        """Yield one object after the other."""
        async for batch in self.batches():
            for item in batch:
                yield item

    async def batches(self) -> AsyncIterator[list[Raw]]:
        """Yield what each request brings, until the list is complete."""
        async for reading in self.readings():
            yield reading.content

    async def readings(
        self, rows: Callable[[], Awaitable[int]] | None = None
    ) -> AsyncIterator[Reading[list[Raw]]]:
        """Yield the batches, each with the time of its request.

        `rows` tells how many rows the list has at least, where that can be known: as soon as it
        does, the pages with these rows are asked for at the same time.
        """
        path = endpoints.collection(self.page_id, self.collection)
        request = f"GET {path}"
        walk = Walk(self.collection)
        ahead: deque[asyncio.Task[Reading[Any]]] = deque()
        asking = [asyncio.create_task(self._ask_ahead(rows, ahead))] if rows else []
        try:
            while not walk.finished:
                reading = await (
                    ahead.popleft() if ahead else self.transport.read(path, walk.parameters())
                )
                is_first = walk.is_first
                if fresh := walk.receive(request, as_objects(request, reading.content)):
                    yield Reading(fresh, reading.sent)
                # While the next one waits for its turn.
                del reading, fresh
                if is_first and not walk.finished and asking:
                    await asking[0]
        finally:
            for task in (*asking, *ahead):
                task.cancel()
            await asyncio.gather(*asking, *ahead, return_exceptions=True)

    async def _ask_ahead(
        self, rows: Callable[[], Awaitable[int]], ahead: deque[asyncio.Task[Reading[Any]]]
    ) -> None:
        """Ask for the pages behind the first one that are sure to be there."""
        path = endpoints.collection(self.page_id, self.collection)
        for parameters in Walk(self.collection).parameters_until(await rows())[1:]:
            ahead.append(asyncio.create_task(self.transport.read(path, parameters)))


@dataclass(frozen=True, slots=True)
class StatuspageClient:
    """Reads one organization's pages, and keeps their webhook subscribers.

    `connect` makes one.
    """

    transport: Transport
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
    def clock(self) -> Clock:
        """The clock that `Reading.sent` is read from."""
        return self.transport.clock

    @property
    def requests_sent(self) -> int:
        """How many requests counted against the quota so far."""
        return self.transport.pacer.sent

    @property
    def urgent(self) -> "StatuspageClient":
        """The same client, for work that somebody waits for: it uses the reserved slots."""
        return StatuspageClient(replace(self.transport, urgency=Urgency.INTERACTIVE))

    @property
    def impatient(self) -> "StatuspageClient":
        """The same client, without second attempts."""
        return self.with_patience(NO_RETRY)

    def with_patience(self, patience: RetryPolicy) -> "StatuspageClient":
        """Return the same client with another patience."""
        return StatuspageClient(replace(self.transport, policy=patience))

    async def pages(self) -> list[Raw]:
        """Return the pages that the key sees; this list has no paging."""
        content = await self.transport.get(endpoints.PAGES)
        return as_objects(f"GET {endpoints.PAGES}", content)

    async def page(self, page_id: str) -> Raw | None:
        """Return one page, None when it is gone."""
        return await self._one(endpoints.page(page_id))

    def component_groups(self, page_id: str) -> Listing:
        """Return a page's groups, which do not tell their status."""
        return self.list(page_id, Collection.COMPONENT_GROUPS)

    def components(self, page_id: str) -> Listing:
        """Return a page's components, among them a row for each group (`group: true`)."""
        return self.list(page_id, Collection.COMPONENTS)

    async def component(self, page_id: str, component_id: str) -> Raw | None:
        """Return one component, None when it is gone."""
        return await self._one(endpoints.component(page_id, component_id))

    def incidents(self, page_id: str, scope: Collection = Collection.INCIDENTS) -> Listing:
        """Return a page's incidents and maintenances, all or those of a scope."""
        return self.list(page_id, scope)

    async def incident(self, page_id: str, incident_id: str) -> Raw | None:
        """Return one incident with its updates, None when it is gone."""
        return await self._one(endpoints.incident(page_id, incident_id))

    def templates(self, page_id: str) -> Listing:
        """Return the templates from which a page's incidents and maintenances can be written."""
        return self.list(page_id, Collection.TEMPLATES)

    async def public_status(self, page: Raw) -> PageStatus | None:
        """Return what the page shows at its top; None when only members may see it."""
        if not page_status.is_public(page):
            return None
        url = endpoints.public(self.transport.host, page["id"], "status")
        try:
            return page_status.published(await self.transport.get_public(url))
        except RequestError:
            # The status can be worked out from the components, so this is no reason to fail.
            return None

    async def summary(self, page: Raw) -> Summary | None:
        """Return a page's public view in one uncounted request; None when there is none."""
        if not page_status.is_public(page):
            return None
        url = endpoints.public(self.transport.host, page["id"], "summary")
        try:
            return page_status.summary(await self.transport.get_public(url))
        except RequestError:
            return None

    async def public_document(
        self, page_id: str, name: str, tag: str | None = None
    ) -> Document | None:
        """Return a document of a page's public API, such as `summary`, in one uncounted request.

        None when it is still what it was when it carried that tag. Raise a RequestError when the
        page does not show it.
        """
        url = endpoints.public(self.transport.host, page_id, name)
        return await self.transport.get_public_if_changed(url, tag)

    async def component_group(self, page_id: str, group_id: str) -> Raw | None:
        """Return one group, which does not tell its status; None when it is gone."""
        return await self._one(endpoints.component_group(page_id, group_id))

    def webhook_subscribers(self, page_id: str) -> Listing:
        """Return a page's webhook subscribers in every state."""
        return self.list(page_id, Collection.WEBHOOK_SUBSCRIBERS)

    def unconfirmed_webhooks(self, page_id: str) -> Listing:
        """Return the webhook subscribers that get nothing until somebody confirms them."""
        return self.list(page_id, Collection.UNCONFIRMED_WEBHOOKS)

    async def subscriber_count(self, page_id: str) -> int:
        """Return how many subscribers of all kinds a page notifies."""
        path = endpoints.subscriber_count(page_id)
        counts = await self.transport.get(path)
        if not isinstance(counts, dict):
            raise UnusableAnswer(f"GET {path}", "an object was expected")
        return sum(count for count in counts.values() if isinstance(count, int))

    async def subscribe_webhook(self, page_id: str, endpoint: str, email: str | None) -> Raw:
        """Add a webhook subscriber; where the plan allows, nobody has to confirm it."""
        path = endpoints.subscribers(page_id)
        subscriber = {"endpoint": endpoint, "skip_confirmation_notification": True}
        if email is not None:
            subscriber["email"] = email
        return as_object(
            f"POST {path}", await self.transport.post(path, {"subscriber": subscriber})
        )

    async def reactivate_subscribers(self, page_id: str, subscriber_ids: Sequence[str]) -> None:
        """Let subscribers out of quarantine."""
        named = [endpoints.identifier(subscriber_id) for subscriber_id in subscriber_ids]
        await self.transport.post(endpoints.reactivation(page_id), {"subscribers": named})

    async def unsubscribe(self, page_id: str, subscriber_id: str) -> None:
        """Remove a subscriber without telling it; one that is gone already is no error."""
        path = endpoints.subscriber(page_id, subscriber_id)
        with suppress(NotFound):
            await self.transport.delete(path, {"skip_unsubscription_notification": "true"})

    def list(self, page_id: str, collection: Collection) -> Listing:
        """Return any of a page's lists."""
        return Listing(self.transport, page_id, collection)

    async def _one(self, path: str) -> Raw | None:
        # Only here a 404 means "gone": a list that answers 404 is a failure.
        try:
            content = await self.transport.get(path)
        except NotFound:
            return None
        return as_object(f"GET {path}", content)
