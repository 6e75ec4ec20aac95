"""What one running server consists of: settings, database, monitors, and periodic tasks."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from statuspage_server.config import Config, DisruptionDetection
from statuspage_server.config.advice import advise
from statuspage_server.config.watch import ConfigWatch
from statuspage_server.config_sync.pages import sync_pages
from statuspage_server.core.moments import Clock, Moment
from statuspage_server.errors import ServerError, StorageError
from statuspage_server.heartbeats.inbox import BeatInbox
from statuspage_server.heartbeats.monitors import Monitors
from statuspage_server.heartbeats.sweep import begin_listening, find_transitions, note_alive, sweep
from statuspage_server.manage.detection import clear_quiet, find_quiet
from statuspage_server.manage.schedule import anything_due, keep_schedule
from statuspage_server.outbox.channels import Channels, Senders
from statuspage_server.outbox.queue import release_claims
from statuspage_server.outbox.worker import OutboxWorker
from statuspage_server.storage.database import Database

log = logging.getLogger("statuspage_server")

ROUND_SECONDS = 1.0
PURGE_SECONDS = 60.0


class Runtime:
    """Gets the database, the clock and the senders; makes what connects them."""

    def __init__(
        self,
        config: Config,
        database: Database,
        clock: Clock,
        *,
        senders: Senders,
        watch: ConfigWatch | None = None,
        local_url: str = "http://localhost:8080",
        folder: Path = Path(),
    ) -> None:
        """`folder` is where the settings are: files that they name are found from there."""
        self.config = config
        self.database = database
        self.clock = clock
        self.folder = folder
        self.monitors = Monitors()
        self.refused_edit = False
        self.edits = 0
        """How many times the settings changed: what was made with others is old."""
        self.inbox = BeatInbox(database, lambda: self.monitors)
        self.outbox = OutboxWorker(
            database,
            Channels(senders, lambda: self.config.server, lambda: self.public_url, clock),
            clock,
        )
        self._watch = watch
        self._edit: Config | None = None
        self._local_url = local_url
        self._rounds: list[asyncio.Task[None]] = []
        self._queued = asyncio.Event()

    @property
    def public_url(self) -> str:
        """Where people and programs reach the server: links begin with it."""
        return (self.config.server.public_url or self._local_url).rstrip("/")

    @property
    def state_of_config(self) -> str:
        """As `/health` tells it."""
        if self._watch is not None and self._watch.unreadable:
            return "the file cannot be read"
        return "the last edit was refused" if self.refused_edit else "ok"

    async def prepare(self) -> None:
        """Bring the database in line with the settings; afterwards requests can be served."""
        config, now = self.config, self.clock()
        self.monitors = await self.database.write(
            lambda connection: sync_pages(connection, config, now)
        )

    async def begin(self) -> None:
        """Start to listen: what was up before the server went down is up now."""
        await self.prepare()
        now, alone = self.clock(), not self.database.is_shared
        await self.database.write(lambda connection: begin_listening(connection, now, alone=alone))
        if alone:
            await self.database.write(release_claims)
        await self.sweep_round()
        await self.schedule_round()

    async def start(self, round_seconds: float = ROUND_SECONDS) -> None:
        await self.begin()
        loop = asyncio.get_running_loop()
        self.database.on_news = lambda: loop.call_soon_threadsafe(self._queued.set)
        self._every(round_seconds, self.sweep_round)
        self._every(round_seconds, self.schedule_round)
        self._every(round_seconds, self.detection_round)
        # Of what another process queued nobody tells, and some of it is due later.
        self._every(round_seconds / 4, self.outbox.start_due, or_when=self._queued)
        self._every(PURGE_SECONDS, self.outbox.purge_old)
        self._every(round_seconds, self.reload_round)

    async def stop(self) -> None:
        self.database.on_news = None
        for task in self._rounds:
            task.cancel()
        for task in self._rounds:
            with suppress(asyncio.CancelledError):
                await task
        await self.outbox.stop()
        with suppress(ServerError):
            await self._note_alive()

    async def sweep_round(self) -> None:
        """Notice what has gone silent."""
        await self._note_alive()
        now, monitors = self.clock(), self.monitors
        if await self.database.read(lambda connection: find_transitions(connection, monitors, now)):
            await self.database.write(lambda connection: sweep(connection, monitors, now))

    async def schedule_round(self) -> None:
        """Begin, end and announce maintenances whose time has come."""
        now = self.clock()
        if await self.database.read(lambda connection: anything_due(connection, now)):
            await self.database.write(lambda connection: keep_schedule(connection, now))

    async def detection_round(self) -> None:
        """Clear what detection opened and nobody reports any more, where pages ask for it."""
        now = self.clock()
        for page in self.monitors.pages:
            await self._clear_quiet(page.page_id, page.config.disruption_detection, now)

    async def _clear_quiet(self, page_id: str, settings: DisruptionDetection, now: Moment) -> None:
        if not settings.enabled:
            return
        found = await self.database.read(lambda c: find_quiet(c, page_id, settings, now))
        if found:
            await self.database.write(lambda c: clear_quiet(c, page_id, settings, now))

    async def reload_round(self) -> None:
        """Pick up an edit of config.yml; keep what runs when the edit is bad."""
        if self._watch is None:
            return
        try:
            self._edit = await asyncio.to_thread(self._watch.look) or self._edit
            if self._edit is not None:
                await self.adopt(self._edit)
                self._edit = None
        except StorageError:
            raise  # and the next round tries again
        except ServerError as error:
            self._edit = None
            if self._watch.unreadable:
                log.error("The settings stay in force. %s", error)  # noqa: TRY400 - as below
                return
            self.refused_edit = True
            log.error("The edit is refused and the settings before it stay in force.\n%s", error)  # noqa: TRY400 - the operator reads a sentence, not a traceback

    async def adopt(self, config: Config) -> None:
        now = self.clock()
        monitors = await self.database.write(lambda connection: sync_pages(connection, config, now))
        fixed = {"host", "port", "database"}
        if config.server.model_dump(include=fixed) != self.config.server.model_dump(include=fixed):
            log.warning("Host, port and database are read on start only: restart to change them.")
        self.config, self.monitors, self.refused_edit = config, monitors, False
        self.edits += 1
        log.info("The new settings are in force.")
        for sentence in advise(config, config.server.host):
            log.warning(sentence)

    async def _note_alive(self) -> None:
        now = self.clock()
        await self.database.write(lambda connection: note_alive(connection, now))

    def _every(
        self,
        seconds: float,
        work: Callable[[], Awaitable[None]],
        *,
        or_when: asyncio.Event | None = None,
    ) -> None:
        sooner = or_when or asyncio.Event()

        async def rounds() -> None:
            trouble: str | None = None
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(sooner.wait(), seconds)
                sooner.clear()
                try:
                    await work()
                except ServerError as error:
                    # One line when it begins, not one a second.
                    if str(error) != trouble:
                        log.error("%s", error)  # noqa: TRY400 - a sentence, not a traceback
                    trouble = str(error)
                except Exception:
                    # A fault of ours in one round must not end the rounds.
                    log.exception("A round failed in an unexpected way")
                else:
                    trouble = None

        self._rounds.append(asyncio.create_task(rounds()))
