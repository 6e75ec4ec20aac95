"""Feeds the worker process, a piece at a time, so that nobody waits for another's whole batch."""

import asyncio
import json
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from port_ocean.core.utils.json_compat import (
    JQInputNotJsonSerializableError,
    compile_jq,
    make_json_compatible,
)

from .errors import JqEnded, MappingTooSlow
from .program import Mapped, Outcome, ProgramText, SelectorFailed
from .worker_process import WorkerEnded, WorkerProcess, WorkerStopped

# What is sent at once: so many objects, or fewer with so many characters.
_OBJECTS = 50
_CHARACTERS = 200_000


class Mapper:
    """Maps objects in the worker process, in the order in which they are asked for."""

    def __init__(self, process: WorkerProcess) -> None:
        self._process = process
        # One thread, so it is a queue as well.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mapping")

    async def map(
        self, program: ProgramText, objects: list[Any], *, parse_all: bool, limit: float
    ) -> tuple[list[int], list[Outcome | Exception]]:
        """Return the places of invalid expressions, and what came of each object, if there are any.

        The program is compiled either way.
        """
        batch = _Batch(self._process, program, objects, parse_all=parse_all, limit=limit)
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._thread, batch.map_piece)
            while batch.left:
                await loop.run_in_executor(self._thread, batch.map_piece)
        except WorkerStopped:
            raise MappingTooSlow(len(objects), limit) from None
        except WorkerEnded:
            raise JqEnded(len(objects)) from None
        finally:
            batch.is_wanted.clear()
        return batch.invalid, batch.outcomes

    def close(self) -> None:
        """End the process, once nothing is asked of it any more."""
        self._thread.shutdown()
        self._process.close()


class _Batch:
    """Objects on their way to the process and back. It is used in the mapper's thread."""

    def __init__(
        self,
        process: WorkerProcess,
        program: ProgramText,
        objects: list[Any],
        *,
        parse_all: bool,
        limit: float,
    ) -> None:
        self._process = process
        self._program = program
        self._parse_all = parse_all
        self._limit = limit
        self.left = deque(objects)
        self.invalid: list[int] = []
        self.outcomes: list[Outcome | Exception] = []
        self.is_wanted = threading.Event()
        self.is_wanted.set()

    def map_piece(self) -> None:
        """Map as many objects as are sent at once."""
        texts: list[str] = []
        piece: list[Exception | None] = []
        while self.left and len(texts) < _OBJECTS and sum(map(len, texts)) < _CHARACTERS:
            try:
                texts.append(_as_json(self.left.popleft()))
                piece.append(None)
            except Exception as error:  # noqa: BLE001 (Ocean would collect it)
                piece.append(error)
        self.invalid, replies = self._process.ask(
            self._program,
            texts,
            parse_all=self._parse_all,
            limit=self._limit,
            is_wanted=self.is_wanted.is_set,
        )
        outcomes = iter(replies)
        self.outcomes += [error or _outcome(next(outcomes)) for error in piece]


def _outcome(reply: tuple[Any, ...]) -> Outcome:
    return Mapped(*reply) if len(reply) == len(Mapped._fields) else SelectorFailed(*reply)


class _Text:
    """Takes the place of a program, to get at the text that jq is given."""

    @staticmethod
    def input_value(value: Any) -> str:
        return json.dumps(value)


def _as_json(value: Any) -> str:
    """Write an object as Ocean hands it to jq: moments become texts."""
    try:
        text: str = compile_jq(_Text, value)
    except JQInputNotJsonSerializableError:
        text = compile_jq(_Text, make_json_compatible(value))
    return text
