"""Answers `ocean probe`: is this key good, which pages does it see, and how is each page live?"""

from loguru import logger
from port_ocean.core.probe import ProbeCheckStatus, ProbeContext

from advice import sentence
from resync.errors import PageNotVisible
from resync.public_documents import UnusableDocument, summary_document
from resync.public_reading import SUMMARY, read_document
from settings import Settings
from statuspage import Raw, RequestError, StatuspageClient, StatuspageError, page_status
from subscriptions import messages
from subscriptions.endpoint import Installation
from subscriptions.messages import Finding
from subscriptions.plan import State, read_plan
from watching import troubles


async def probe(
    context: ProbeContext,
    client: StatuspageClient,
    settings: Settings,
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
    for page_id in settings.page_ids or pages:
        page = pages.get(page_id)
        status, message = ProbeCheckStatus.SUCCESS, None
        if page is None:
            status, message = ProbeCheckStatus.FAILURE, str(PageNotVisible(page_id))
            logger.warning("{}", message)
        else:
            message = await _ways(asking, settings, installation, page)
        name = str(page.get("name")) if page else ""
        for check in await context.add_scopes({"page": page_id, "name": name}):
            check.status, check.message = status, message
    if not settings.page_ids and not pages:
        for check in await context.setup_unscoped_checks():
            check.status = ProbeCheckStatus.UNKNOWN
            check.message = "The API key is good, and sees no page."
    return context


async def _ways(
    client: StatuspageClient, settings: Settings, installation: Installation, page: Raw
) -> str | None:
    """Tell by what ways changes of a page arrive, besides resyncs; None when by no other."""
    told = []
    if installation.base_url is not None:
        told.append(await _live_events(client, installation, page))
    if settings.watch_interval:
        told.append(await _watch(client, settings.watch_interval, page))
    return " ".join(told) or None


async def _watch(client: StatuspageClient, interval: int, page: Raw) -> str:
    """Tell whether a page can be watched."""
    said = f"The public view of the page {page['id']} can be read, every {interval} seconds."
    if not page_status.is_public(page):
        said = f"{troubles.not_public(page['id'])}."
    else:
        try:
            await read_document(client, page["id"], SUMMARY, summary_document)
        except (RequestError, UnusableDocument) as error:
            said = f"{troubles.sentence(page['id'], error)}."
    logger.info("{}", said)
    return said


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
