"""What one running bridge consists of."""

import asyncio
import logging
from contextlib import suppress

import httpx

from .configuration.settings import DraftSettings, Settings
from .connecting import Client, destination
from .core.alert import Account
from .errors import BridgeError
from .proposals.port_action import PortAction
from .proposals.proposal import Proposer
from .proposals.proposals import Proposals
from .proposals.webhook import Webhook
from .reconciler import Reconciler
from .sources import connect
from .state.database import Database
from .state.state import State

log = logging.getLogger(__name__)

# Seconds: a page that does not answer is asked for longer than a container platform waits.
SETTLES_WITHIN = 8.0


class Bridge:
    """Gets its settings and what it is connected with; makes what stands between."""

    def __init__(
        self,
        settings: Settings,
        client: Client,
        http: httpx.AsyncClient,
        database: Database,
    ) -> None:
        self.settings = settings
        self.state = State(database, settings.page, settings.record_kept)
        templates = settings.as_templates()
        connected = [
            connect(one, http, templates.usual.component_status) for one in settings.sources
        ]
        self.sources = {source.account: source for source in connected}
        page = destination(settings, client, self.state)
        self.reconciler = Reconciler(
            page,
            [source.reader for source in connected if source.reader is not None],
            self.state,
            settings.as_rules(),
            frozenset(source.account for source in connected if source.reader is None),
            settings.dry_run,
            Proposals(proposers(settings.drafts, http)),
        )
        self.state.begin(self.reconciler.utc())
        self._rounds: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look by itself from now on: a webhook that was lost costs one round at most."""
        self._rounds = asyncio.create_task(self._look_again_and_again())

    async def stop(self) -> None:
        """End the rounds; a pass under way has a while to end, and is made good after the start."""
        if self._rounds is not None:
            self._rounds.cancel()
            with suppress(asyncio.CancelledError):
                await self._rounds
        with suppress(TimeoutError):
            await asyncio.wait_for(self.reconciler.settle(), SETTLES_WITHIN)
        self.state.database.close()

    async def has_seen(self, account: Account, id_: str | None) -> bool:
        """Tell whether a webhook was acted on before."""
        return id_ is not None and await self.state.has_seen(f"{account} {id_}")

    async def note_seen(self, account: Account, id_: str | None) -> None:
        """Remember a webhook that was acted on, where it has an id."""
        if id_ is not None:
            await self.state.note_seen(f"{account} {id_}", self.reconciler.utc())

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
