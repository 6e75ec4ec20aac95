"""Answers `ocean probe`: is this key good, and which pages does it see?"""

from collections.abc import Sequence

from loguru import logger
from port_ocean.core.probe import ProbeCheckStatus, ProbeContext

from statuspage import PageNotVisible, StatuspageClient, StatuspageError


async def probe(
    context: ProbeContext, client: StatuspageClient, page_ids: Sequence[str]
) -> ProbeContext:
    """Ask once, without second attempts: somebody waits for the answer."""
    try:
        pages = await client.urgent.impatient.pages()
    except StatuspageError as error:
        # Ocean's report shows its details at debug level only.
        logger.error("{}", error)
        await context.fail(str(error))
        return context
    visible = {page["id"]: str(page.get("name")) for page in pages}
    seen_pages = ", ".join(f"{name} ({page_id})" for page_id, name in visible.items())
    logger.info("The API key is good. The pages that it sees: {}", seen_pages or "none")
    for page_id in page_ids or visible:
        seen = page_id in visible
        if not seen:
            logger.warning("{}", PageNotVisible(page_id))
        for check in await context.add_scopes({"page": page_id, "name": visible.get(page_id, "")}):
            check.status = ProbeCheckStatus.SUCCESS if seen else ProbeCheckStatus.FAILURE
            check.message = None if seen else str(PageNotVisible(page_id))
    if not page_ids and not visible:
        for check in await context.setup_unscoped_checks():
            check.status = ProbeCheckStatus.UNKNOWN
            check.message = "The API key is good, and sees no page."
    return context
