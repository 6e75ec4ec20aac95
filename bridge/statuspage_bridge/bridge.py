"""What one running bridge consists of."""

import asyncio
import logging
from collections import OrderedDict
from contextlib import suppress

import httpx
from statuspage import StatuspageClient

from .alertmanager.reading import Alertmanager
from .core.alert import Account
from .endpoint import Endpoint
from .errors import BridgeError
from .page import Page
from .pagerduty.reading import PagerDuty, pagerduty_headers
from .reconciler import Reconciler, Source
from .settings import Settings
from .texts import Texts

log = logging.getLogger(__name__)

# Ids of webhooks that were acted on: PagerDuty may deliver one again for two days.
REMEMBERED = 10_000


class Bridge:
    """Gets its settings, the client of the page and an HTTP client; makes what connects them."""

    def __init__(
        self, settings: Settings, client: StatuspageClient, http: httpx.AsyncClient, texts: Texts
    ) -> None:
        self.settings = settings
        self.texts = texts
        self.seen: OrderedDict[str, None] = OrderedDict()
        page = Page(client, settings.page, texts, settings.notify)
        self.reconciler = Reconciler(
            page,
            _sources(settings, http, texts.component_status),
            settings.rules,
            frozenset(
                Account(source="alertmanager", name=name)
                for name, account in settings.alertmanager.items()
                if account.api is None
            ),
            settings.dry_run,
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

    def note_seen(self, id_: str) -> None:
        """Remember a webhook that was acted on."""
        self.seen[id_] = None
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


def _sources(settings: Settings, http: httpx.AsyncClient, default_status: str) -> list[Source]:
    sources: list[Source] = []
    for name, paid in settings.pagerduty.items():
        account = Account(source="pagerduty", name=name)
        endpoint = Endpoint(account, http, paid.api, pagerduty_headers(paid.key))
        sources.append(PagerDuty(account, endpoint, default_status))
    for name, prometheus in settings.alertmanager.items():
        if prometheus.api is not None:
            account = Account(source="alertmanager", name=name)
            endpoint = Endpoint(account, http, prometheus.api, httpx.Headers())
            sources.append(Alertmanager(account, endpoint, default_status))
    return sources
