"""What one running bridge consists of."""

import asyncio
import logging
from collections import OrderedDict
from contextlib import suppress

import httpx
from statuspage import StatuspageClient

from .configuration.settings import DraftSettings, Settings
from .core.alert import Account
from .errors import BridgeError
from .page import Page
from .proposals.port_action import PortAction
from .proposals.proposal import Proposer
from .proposals.proposals import Proposals
from .proposals.webhook import Webhook
from .reconciler import Reconciler
from .sources import connect

log = logging.getLogger(__name__)

# Ids of webhooks that were acted on: PagerDuty may deliver one again for two days.
REMEMBERED = 10_000


class Bridge:
    """Gets its settings, the client of the page and an HTTP client; makes what connects them."""

    def __init__(
        self, settings: Settings, client: StatuspageClient, http: httpx.AsyncClient
    ) -> None:
        self.settings = settings
        templates = settings.as_templates()
        self.seen: OrderedDict[str, None] = OrderedDict()
        status = templates.usual.component_status
        connected = [connect(one, http, status) for one in settings.sources]
        self.sources = {source.account: source for source in connected}
        page = Page(client, settings.page, templates)
        self.reconciler = Reconciler(
            page,
            [source.reader for source in connected if source.reader is not None],
            settings.as_rules(),
            frozenset(source.account for source in connected if source.reader is None),
            settings.dry_run,
            Proposals(proposers(settings.drafts, http)),
        )
        self._rounds: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look by itself from now on: a webhook that was lost costs one round at most."""
        self._rounds = asyncio.create_task(self._look_again_and_again())

    async def stop(self) -> None:
        """End the rounds; a pass under way ends by itself."""
        if self._rounds is not None:
            self._rounds.cancel()
            with suppress(asyncio.CancelledError):
                await self._rounds
        await self.reconciler.settle()

    def has_seen(self, account: Account, id_: str | None) -> bool:
        """Tell whether a webhook was acted on before."""
        return f"{account} {id_}" in self.seen

    def note_seen(self, account: Account, id_: str | None) -> None:
        """Remember a webhook that was acted on, where it has an id."""
        if id_ is None:
            return
        self.seen[f"{account} {id_}"] = None
        if len(self.seen) > REMEMBERED:
            self.seen.popitem(last=False)

    async def _look_again_and_again(self) -> None:
        while True:
            try:
                await self.reconciler.reconcile()
            except BridgeError as error:
                log.error("%s", error)  # noqa: TRY400 (a sentence, no traceback)
            except Exception:
                # A fault of ours in one round must not end the rounds.
                log.exception("A round failed in an unexpected way")
            await asyncio.sleep(self.settings.every.total_seconds())


def proposers(drafts: DraftSettings, http: httpx.AsyncClient) -> list[Proposer]:
    """Return where drafts go, besides the log."""
    found: list[Proposer] = []
    if webhook := drafts.webhook:
        token = webhook.token.get_secret_value() if webhook.token else None
        found.append(Webhook(http, webhook.url.get_secret_value(), token))
    if port := drafts.port:
        found.append(
            PortAction(
                http=http,
                action=port.action,
                client_id=port.client_id,
                client_secret=port.client_secret.get_secret_value(),
                api=port.api,
            )
        )
    return found
