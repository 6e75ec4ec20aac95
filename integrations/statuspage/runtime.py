"""What the process shares, put together. Nothing is asked of anybody before it is needed."""

import asyncio
import functools
import json
from collections.abc import Mapping
from contextlib import AbstractContextManager

from loguru import logger
from port_ocean.clients.port.client import PortClient
from port_ocean.context.event import EventType, event_context
from port_ocean.context.ocean import ocean
from port_ocean.core.probe import ProbeContext
from port_ocean.utils.signal import signal_handler

import probing
from actions.executor import Action
from actions.reporting import Reporter
from actions.runs import WHILE_SOMEBODY_WAITS, Runs
from actions.targets import Targets
from actions.unfinished import PortRuns, Unfinished, running_id
from client import read_configuration, statuspage_client
from live_events.notification import Notification
from live_events.queue import Queue
from live_events.worker import Worker
from loading.pipeline import behind_last_batch
from publishing.cache import Cache
from publishing.publish import Publisher
from publishing.resync_overlap import ResyncOverlap, Resyncs
from resync import pages_ahead
from resync.complete_lists import HeldBefore
from resync.known_pages import KnownPages
from resync.needs import rows_suffice
from resync.served_pages import ServedPages
from resync.snapshot import Snapshot
from statuspage import StatuspageClient, page_status
from subscriptions.endpoint import Installation
from subscriptions.keeper import Keeper
from subscriptions.startup import Subscriptions, this_installation
from unknown_options import known_options, told_of, variables
from watching.coverage import Coverage
from watching.pace import AT_ONCE
from watching.page_watch import Watching
from watching.startup import Watch
from watching.watcher import Watcher


class Runtime:
    """Made at start; its client when the first request is due."""

    def __init__(self) -> None:
        for sentence in told_of(variables(), known_options()):
            logger.warning(sentence)
        self.settings = read_configuration()
        self.subscriptions = Subscriptions(self._keeper)
        self.watch = Watch(self._watcher, self.settings.watch_interval)
        self._known = KnownPages()
        self._cache = Cache()

    @functools.cached_property
    def client(self) -> StatuspageClient:
        return statuspage_client(self.settings)

    async def probe(self, context: ProbeContext) -> ProbeContext:
        return await probing.probe(context, self.client, self.settings, this_installation())

    def open_snapshot(self, held_before: HeldBefore) -> Snapshot:
        """Start a new reading of everything."""
        return Snapshot(
            self.client, self.settings.page_ids, self._known, held_before, pages_ahead.current()
        )

    def asked_ahead(self) -> AbstractContextManager[None]:
        """Ask for the list of pages, and what known ones show, for the snapshot opened inside."""
        known = self._known.pages
        ids = self.settings.page_ids or list(known)
        public = [one for one in ids if page_status.is_public(known.get(one, {}))]
        return pages_ahead.asked_ahead(self.client, public)

    def queue_webhook(self, notification: Notification) -> asyncio.Future[None]:
        """Take a webhook for a sign that its page's subscription works, and queue it."""
        self._coverage.heard(notification.page_id)
        return self.queue_live_event(notification)

    def queue_live_event(self, notification: Notification) -> asyncio.Future[None]:
        """Have an object read again and published; the future is done when that is over."""
        self._worker.start()
        return self._queue.put(notification)

    @functools.cached_property
    def overlap(self) -> ResyncOverlap:
        """Where resyncs and live events meet."""
        write, again = Publisher().publish, self._queue.read_again
        return ResyncOverlap(
            self._cache, write, _ask_port, again, self.client.clock, behind_last_batch
        )

    @functools.cached_property
    def _queue(self) -> Queue:
        return Queue(self.client.clock)

    @functools.cached_property
    def _pages(self) -> ServedPages:
        return ServedPages(self.client.urgent, self._known, self.settings.page_ids)

    @functools.cached_property
    def _worker(self) -> Worker:
        worker = Worker(self.client.urgent, self._pages, self._queue, self._cache, self.overlap)
        # Before Ocean closes what the worker needs to finish.
        signal_handler.register(worker.close, priority=1)
        return worker

    @functools.cached_property
    def _coverage(self) -> Coverage:
        subscriptions = self.subscriptions
        return Coverage(subscriptions.is_active, subscriptions.recheck, self._cache)

    def _watcher(self) -> Watcher:
        # Only here can it be registered for the end of the process.
        self._worker.start()
        shared = Watching(
            self.client.clock,
            self._known,
            self._coverage,
            self.queue_live_event,
            _rows_suffice,
            asyncio.Semaphore(AT_ONCE),
            self.settings.watch_interval,
        )
        return Watcher(self.client, self._pages, shared)

    @functools.cached_property
    def runs(self) -> Runs:
        """The runs of actions that this process works on."""
        client = self.client.urgent.with_patience(WHILE_SOMEBODY_WAITS)
        targets = Targets(client, self._pages, self.settings.page_ids)
        runs = Runs(client, targets, self._reporter, self.queue_live_event, running_id())
        # Before the live events, which bring into the catalog what the runs have done.
        signal_handler.register(runs.close, priority=2)
        return runs

    async def end_unfinished_runs(self, actions: Mapping[str, Action]) -> None:
        """Tell what became of the runs that an earlier process never ended."""
        listed = PortRuns(_port)
        unfinished = Unfinished(self.runs, self._reporter, listed, actions, self.client.clock.sleep)
        await unfinished.end(running_id())

    @functools.cached_property
    def _reporter(self) -> Reporter:
        return Reporter(_port, self.client.clock.sleep)

    def _keeper(self, installation: Installation) -> Keeper:
        return Keeper(
            self.client,
            installation,
            # So that the first event need not ask for the pages.
            learn=self._pages.learn,
            page_ids=self.settings.page_ids,
            contact=self.settings.webhook_contact_email,
        )


def _port() -> PortClient:
    return ocean.port_client


async def _rows_suffice() -> bool:
    async with event_context(EventType.HTTP_REQUEST, trigger_type="machine"):
        config = await ocean.integration.port_app_config_handler.get_port_app_config()
    return rows_suffice(config.resources)


async def _ask_port() -> Resyncs:
    integration = await ocean.port_client.get_current_integration(should_log=False)
    state = integration.get("resyncState") or {}
    return Resyncs(state.get("status") == "running", json.dumps(state, sort_keys=True))
