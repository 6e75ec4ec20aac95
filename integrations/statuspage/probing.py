"""Answers `ocean probe`: is this key good, which pages does it see, and do live events come?"""

from collections.abc import Sequence

from loguru import logger
from port_ocean.core.probe import ProbeCheckStatus, ProbeContext

from advice import sentence
from resync.errors import PageNotVisible
from statuspage import Raw, StatuspageClient, StatuspageError
from subscriptions import messages
from subscriptions.endpoint import Installation
from subscriptions.messages import Finding
from subscriptions.plan import State, read_plan


async def probe(
    context: ProbeContext,
    client: StatuspageClient,
    page_ids: Sequence[str],
    installation: Installation,
) -> ProbeContext:
    """Ask once, without second attempts: somebody waits for the answer. Change nothing."""
    asking = client.urgent.impatient
    try:
        pages = {page["id"]: page for page in await asking.pages()}
    except StatuspageError as error:
        # Ocean's report shows its details at debug level only.
        logger.error("{}", sentence(error))
        await context.fail(sentence(error))
        return context
    seen_pages = ", ".join(f"{page.get('name')} ({page_id})" for page_id, page in pages.items())
    logger.info("The API key is good. The pages that it sees: {}", seen_pages or "none")
    for page_id in page_ids or pages:
        page = pages.get(page_id)
        status, message = ProbeCheckStatus.SUCCESS, None
        if page is None:
            status, message = ProbeCheckStatus.FAILURE, str(PageNotVisible(page_id))
            logger.warning("{}", message)
        elif installation.base_url is not None:
            message = await _live_events(asking, installation, page)
        name = str(page.get("name")) if page else ""
        for check in await context.add_scopes({"page": page_id, "name": name}):
            check.status, check.message = status, message
    if not page_ids and not pages:
        for check in await context.setup_unscoped_checks():
            check.status = ProbeCheckStatus.UNKNOWN
            check.message = "The API key is good, and sees no page."
    return context


async def _live_events(client: StatuspageClient, installation: Installation, page: Raw) -> str:
    """Tell how it stands with a page's webhook subscription; a resync does not depend on it."""
    try:
        found = await read_plan(client, installation, page["id"])
    except StatuspageError as error:
        finding = Finding(State.UNKNOWN, problem=messages.not_checked(page["id"], error))
    else:
        # The integration makes what is absent when it starts, so that is no reason to worry yet.
        worry = found.state is not State.ABSENT or page.get("allow_webhook_subscribers") is False
        problem = messages.problem_of(page, found) if worry else None
        finding = Finding(messages.state_of(page, found), problem=problem)
    said = f"The webhook subscription of the page {page['id']} is {finding.state}."
    logger.log("WARNING" if finding.problem else "INFO", "{}", finding.problem or said)
    return f"{said} {finding.problem}" if finding.problem else said
