"""What a kind needs besides its objects, got ready while the first of them are on their way."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from loguru import logger
from port_ocean.context.ocean import ocean
from port_ocean.core.handlers.entity_processor.base import BaseEntityProcessor
from port_ocean.core.handlers.port_app_config.models import ResourceConfig

from port_search import blueprint_of

type Work = Coroutine[Any, Any, object]


def preparations(processor: BaseEntityProcessor, kind: ResourceConfig) -> list[Work]:
    """Return what can be done ahead: have its mapping compiled, and its blueprint read."""
    works: list[Work] = []
    # Ocean's own processor compiles with each object.
    if (compile_ahead := getattr(processor, "compile_ahead", None)) is not None:
        works.append(compile_ahead(kind))
    if (blueprint := blueprint_of(kind)) is not None:
        # Ocean keeps it.
        works.append(ocean.port_client.get_blueprint(blueprint, should_log=False))
    return works


@asynccontextmanager
async def prepared(*works: Work) -> AsyncIterator[None]:
    """Do these beside what is done inside; what fails is told where it stands in the way."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    except BaseException:
        for task in tasks:
            task.cancel()
        raise
    finally:
        for problem in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(problem, Exception):
                logger.debug(f"Something is not prepared: {problem}")
