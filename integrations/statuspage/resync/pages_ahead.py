"""The list of pages, asked for when a full resync begins: Ocean reads the mapping meanwhile."""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from statuspage import Raw, Reading

from .single_flight import Once

type PageList = Reading[list[Raw]]

# That of the resync that is running, if any.
_current: ContextVar[Once[PageList] | None] = ContextVar("pages ahead", default=None)


@contextmanager
def asked_ahead(read: Callable[[], Coroutine[Any, Any, PageList]]) -> Iterator[None]:
    """Ask at once; who wants the list inside gets the answer, or the same error."""
    ahead = Once(read)
    ahead.start()
    token = _current.set(ahead)
    try:
        yield
    finally:
        _current.reset(token)
        ahead.cancel()


def current() -> Once[PageList] | None:
    return _current.get()
