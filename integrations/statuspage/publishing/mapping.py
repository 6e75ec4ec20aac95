"""Maps the few objects of a live event as Ocean does, without what a pool of processes takes.

Ocean forks a pool for each kind, and each process of it compiles all expressions once more: 200 ms
for one incident. Here they are compiled before the fork, of which one process a kind is enough. A
process it has to be: an expression that never ends is ended with it.
"""

import asyncio
import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any, override

from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.entity_processor.jq_entity_processor import JQEntityProcessor
from port_ocean.core.handlers.entity_processor.jq_entity_processor_sync import (
    JQEntityProcessorSync,
)
from port_ocean.core.handlers.entity_processor.models import MappedEntity

from statuspage import Raw

type Mapped = tuple[list[tuple[list[MappedEntity], list[Exception]]], list[Exception]]

# More take Ocean's way, on all cores.
FEW = 50

_FORK = multiprocessing.get_context("fork")


class MappingFailed(Exception):
    """Nothing came of the mapping."""


class LiveEntityProcessor(JQEntityProcessor):
    """Ocean's mapping, for few objects in one process."""

    @override
    async def parse_items_sync(
        self,
        compileable_patterns: dict[str, Any],
        raw_results: list[Raw],
        selector_query: str,
        parse_all: bool = False,
    ) -> Mapped:
        if len(raw_results) > FEW:
            return await super().parse_items_sync(
                compileable_patterns, raw_results, selector_query, parse_all
            )
        for expression in (selector_query, *_expressions(compileable_patterns)):
            JQEntityProcessorSync._compile(expression)  # noqa: SLF001 (Ocean's cache, inherited)
        receiver, sender = _FORK.Pipe(duplex=False)
        process = _FORK.Process(
            target=_map,
            args=(sender, raw_results, compileable_patterns, selector_query),
            kwargs={"parse_all": parse_all},
            daemon=True,
        )
        process.start()
        # Otherwise nobody would notice the end of the process.
        sender.close()
        limit = ocean.config.process_in_queue_timeout
        try:
            async with asyncio.timeout(limit):
                mapped = await asyncio.to_thread(receiver.recv)
        except TimeoutError:
            raise MappingFailed(f"The mapping is not done after {limit} s") from None
        except EOFError:
            raise MappingFailed("The process that maps them ended without a word") from None
        finally:
            process.kill()
            process.join()
            receiver.close()
        return [([one], []) if isinstance(one, MappedEntity) else ([], [one]) for one in mapped], []


def _expressions(patterns: Any) -> Iterator[str]:
    if isinstance(patterns, str):
        yield patterns
    elif isinstance(patterns, dict | list):
        for inner in patterns.values() if isinstance(patterns, dict) else patterns:
            yield from _expressions(inner)


def _map(
    sender: Connection, items: list[Raw], patterns: dict[str, Any], query: str, *, parse_all: bool
) -> None:
    sender.send([_mapped(item, patterns, query, parse_all=parse_all) for item in items])


def _mapped(
    item: Raw, patterns: dict[str, Any], query: str, *, parse_all: bool
) -> MappedEntity | Exception:
    try:
        return JQEntityProcessorSync._get_mapped_entity(  # noqa: SLF001 (what Ocean's pool calls)
            item, patterns, query, parse_all
        )
    except Exception as error:  # noqa: BLE001 (whatever Ocean would have collected)
        return error
