"""An integration that webhooks tell of changes."""

from collections.abc import Iterator
from contextlib import contextmanager

from end_to_end.company import LARGE, SMALL
from end_to_end.loop import Loop, Run, eventually


@contextmanager
def listening(loop: Loop, **settings: str) -> Iterator[Run]:
    """Start one; its first resync is over, and so is its first look at the subscriptions."""
    with loop.stay(**settings) as run:
        assert run.next_resync().state == "completed"
        assert eventually(
            lambda: all(len(loop.statuspage.webhooks(page_id)) == 1 for page_id in (LARGE, SMALL))
        )
        assert eventually(lambda: run.said("Webhook subscriptions: "))
        yield run
