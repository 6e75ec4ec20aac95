"""Heartbeats are written in batches: those that arrive while a commit is under way share the next
one, and each is answered only when its own is on the disk."""

import asyncio
import threading
from collections.abc import Callable, Sequence

from statuspage_server.heartbeats.monitors import Monitors
from statuspage_server.heartbeats.record import record_signals
from statuspage_server.heartbeats.signals import Signal
from statuspage_server.storage.database import Database


class _Batch:
    """Signals that will be written together. Closed by the writer, filled by the event loop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._signals: list[Signal] = []
        self._closed = False
        self.written: asyncio.Future[None] | None = None

    def add(self, signals: Sequence[Signal]) -> bool:
        with self._lock:
            if not self._closed:
                self._signals.extend(signals)
            return not self._closed

    def close(self) -> list[Signal]:
        with self._lock:
            self._closed = True
            return self._signals


class BeatInbox:
    def __init__(self, database: Database, monitors: Callable[[], Monitors]) -> None:
        self._database = database
        self._monitors = monitors
        self._batch: _Batch | None = None

    async def accept(self, signals: Sequence[Signal]) -> None:
        """Returns when the signals are stored. Raises StorageError when they could not be."""
        batch = self._batch
        if batch is None or batch.written is None or not batch.add(signals):
            batch = self._start(signals)
        assert batch.written is not None  # noqa: S101 - set in _start, before anyone can join
        # Shielded: a client that hangs up must not take back the beats of the others.
        await asyncio.shield(batch.written)

    def _start(self, signals: Sequence[Signal]) -> _Batch:
        batch = _Batch()
        batch.add(signals)
        batch.written = asyncio.ensure_future(
            self._database.write(
                lambda connection: record_signals(connection, self._monitors(), batch.close())
            )
        )
        self._batch = batch
        return batch
