"""A kind's objects of all pages."""

import logging

from .errors import PageNotVisible
from .merging import Stream, merged, sized
from .snapshot import Needless, Snapshot
from .streams import PageStream

logger = logging.getLogger(__name__)


async def everywhere(
    snapshot: Snapshot, stream: PageStream, needless: Needless | None = None
) -> Stream:
    """Yield a kind's objects of all pages; tell at the end what that took, also of a failure."""
    objects = pages = 0
    try:
        chosen = await snapshot.chosen()
        wanted = await snapshot.pages(needless)
        pages = len(wanted)
        unseen = {page_id: PageNotVisible(page_id) for page_id in chosen.unseen}
        streams = {page.content["id"]: stream(snapshot, page) for page in wanted}
        async for batch in sized(merged(streams, unseen)):
            objects += len(batch)
            yield batch
    finally:
        logger.info(
            "%s: %d read from %d pages (%d requests since the start)",
            type(stream).__name__,
            objects,
            pages,
            snapshot.client.requests_sent,
        )
