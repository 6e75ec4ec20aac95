"""The kinds of a full resync, side by side, where Ocean takes one after the other.

An entity is written behind those that it relates to: where Port does not have them it makes empty
ones, which automations see. So it waits until they are in Port, or all kinds before its own are
through, as in Ocean's order. Reading, mapping and asking Port for what it holds do not wait. Ocean
watches the processor and the memory for one kind at a time: what it reports of them holds what ran
beside the kind, or nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from contextvars import ContextVar

from loguru import logger
from port_ocean.context.ocean import ocean
from port_ocean.context.resource import resource
from port_ocean.core.handlers.port_app_config.models import ResourceConfig
from port_ocean.core.models import Entity

from port_search import blueprint_of

# As many as there are kinds: nothing waits but with a mapping of more blocks.
AT_ONCE = 5

type Result = tuple[list[Entity], list[Exception]]
# A blueprint, and an identifier.
type Target = tuple[str, str]
# The blueprints that relations lead to.
type Relations = Mapping[str, str]
type Work = Callable[[], Awaitable[Result]]


class Kinds:
    """Those of one resync, in the order of the mapping."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._tasks: list[asyncio.Task[Result]] = []
        self._apart: list[bool] = []
        # What is in Port by now.
        self._loaded: set[Target] = set()
        self._news = asyncio.Event()

    @property
    def begun(self) -> bool:
        return bool(self._tasks)

    def begin(self, works: Sequence[Work], blueprints: Sequence[str | None]) -> None:
        """Begin with all kinds, each of which writes to a blueprint, if that is always the same."""
        self._apart = [
            one is not None and not {one, None} & {*blueprints[:place]}
            for place, one in enumerate(blueprints)
        ]
        self._tasks = [asyncio.create_task(self._run(work)) for work in works]
        for task in self._tasks:
            task.add_done_callback(lambda _: self._tell())

    async def result(self, index: int) -> Result:
        """Return what came of a kind; who is cancelled meanwhile stops all of them."""
        try:
            return await self._tasks[index]
        except asyncio.CancelledError:
            self.cancel()
            raise

    async def compare(self, index: int) -> None:
        """Wait until Port can be asked what it holds of a kind.

        Where a kind before it may write the same entities, that is when they are written.
        """
        if not self._apart[index]:
            await self.write(index, None)

    async def write(self, index: int, targets: AbstractSet[Target] | None) -> None:
        """Wait until what a kind's entities relate to is in Port, as far as the kinds bring it.

        Where it is not known what they relate to, wait for the kinds before.
        """
        while self.is_behind_others(index):
            if targets is not None and targets <= self._loaded:
                return
            await self._news.wait()

    def is_behind_others(self, index: int) -> bool:
        """Tell whether a kind before this one is not through."""
        return not all(task.done() for task in self._tasks[:index])

    def note_loaded(self, index: int, entities: Iterable[Target]) -> None:
        """Take note of what is in Port by now, as far as a kind behind may relate to it."""
        if index < len(self._tasks) - 1:
            self._loaded.update(entities)
            self._tell()

    def _tell(self) -> None:
        told, self._news = self._news, asyncio.Event()
        told.set()

    def cancel(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _run(self, work: Work) -> Result:
        async with self._places:
            try:
                return await work()
            except asyncio.CancelledError:
                # An error holds on to all that it went through, and with it to what is still read:
                # so this one ends here, and whoever waits gets another.
                pass
        raise asyncio.CancelledError


# Those of the resync that is running, if any.
_current: ContextVar[Kinds | None] = ContextVar("kinds", default=None)


@contextmanager
def side_by_side() -> Iterator[None]:
    """Have the kinds of a resync inside run side by side."""
    kinds = Kinds()
    token = _current.set(kinds)
    try:
        yield
    finally:
        _current.reset(token)
        kinds.cancel()


def current() -> Kinds | None:
    return _current.get()


def blueprints_of(resources: Sequence[ResourceConfig]) -> list[str | None]:
    return [blueprint_of(one) for one in resources]


def write_rank() -> int:
    """Return which of the writes that wait comes first: a kind waits for those before it.

    What is no resync's comes before all of them: a live event, or what an action has written.
    """
    kinds = _current.get()
    return resource.index if kinds is not None and kinds.begun else -1


async def turn_to_compare() -> None:
    """Wait until Port can be asked what it holds of the kind that is being loaded."""
    if (kinds := _current.get()) is not None and kinds.begun:
        await kinds.compare(resource.index)


async def turn_to_write(entities: Sequence[Entity]) -> None:
    """Wait until some entities of the kind that is being loaded can be written."""
    if (kinds := _current.get()) is not None and kinds.is_behind_others(resource.index):
        await kinds.write(resource.index, targets_of(entities, await _relations_of(entities)))


def note_loaded(entities: Iterable[Entity]) -> None:
    """Take note that some entities of the kind that is being loaded are in Port."""
    if (kinds := _current.get()) is not None and kinds.begun:
        loaded = ((one.blueprint, str(one.identifier)) for one in entities)
        kinds.note_loaded(resource.index, loaded)


def targets_of(
    entities: Iterable[Entity], relations: Mapping[str, Relations]
) -> set[Target] | None:
    """Return what entities relate to; None where that is for Port to find, or is not known."""
    found: set[Target] = set()
    for entity in entities:
        known = relations.get(entity.blueprint, {})
        for name, value in entity.relations.items():
            targets = value if isinstance(value, list) else [value]
            if name not in known or any(isinstance(one, dict) for one in targets):
                return None
            found.update((known[name], str(one)) for one in targets if one is not None)
    return found


async def _relations_of(entities: Iterable[Entity]) -> dict[str, Relations]:
    """Return what the relations of some entities lead to, as Port's blueprints say."""
    known: dict[str, Relations] = {}
    for blueprint in {entity.blueprint for entity in entities}:
        try:
            # Ocean keeps them.
            found = await ocean.port_client.get_blueprint(blueprint, should_log=False)
        except Exception as error:  # noqa: BLE001 (what Port's client raises has no common name)
            logger.debug(f"Port does not tell what {blueprint} relates to: {error}")
        else:
            known[blueprint] = {name: one.target for name, one in found.relations.items()}
    return known
