"""What is asked for when a full resync begins, while Ocean reads the mapping.

That is the list of pages and, of a few that are known by their ids, what they show in public: it
tells how long their lists of components are.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial

from statuspage import Raw, Reading, StatuspageClient, Summary, page_status

from .single_flight import Once

# Of more pages it is the quota that takes time, and their requests would go out before the lists'.
FEW = 10

type PageList = Reading[list[Raw]]
# None where a page shows nothing.
type View = Reading[Summary | None]


async def read_pages(client: StatuspageClient) -> PageList:
    """Read the list of pages, which is as old as its request."""
    sent = client.clock.now()
    return Reading(await client.pages(), sent)


async def read_view(client: StatuspageClient, page: Raw) -> View:
    """Read what a page shows in public, which may have been in a cache since then."""
    sent = client.clock.now() - page_status.CACHED_FOR
    return Reading(await client.summary(page), sent)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is read of the pages, each once: the list of them, and what some show by their ids."""

    pages: Once[PageList]
    views: dict[str, Once[View]]

    def start(self) -> None:
        self.pages.start()
        for view in self.views.values():
            view.start()

    def cancel(self) -> None:
        self.pages.cancel()
        for view in self.views.values():
            view.cancel()


# That of the resync that is running, if any.
_current: ContextVar[Ahead | None] = ContextVar("pages ahead", default=None)


@contextmanager
def asked_ahead(client: StatuspageClient, page_ids: Sequence[str] = ()) -> Iterator[None]:
    """Ask at once; who wants something inside gets the answer, or the same error."""
    ids = page_ids if len(page_ids) <= FEW else ()
    views = {page_id: Once(partial(read_view, client, {"id": page_id})) for page_id in ids}
    ahead = Ahead(Once(partial(read_pages, client)), views)
    ahead.start()
    token = _current.set(ahead)
    try:
        yield
    finally:
        _current.reset(token)
        ahead.cancel()


def current() -> Ahead | None:
    return _current.get()
