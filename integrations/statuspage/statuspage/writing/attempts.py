"""How a write is made once, although an answer may never come."""

import logging
from collections.abc import Awaitable, Callable
from itertools import count

from statuspage.errors import RequestError
from statuspage.retrying import may_have_had_effect
from statuspage.transport import Transport

logger = logging.getLogger(__name__)


async def once[T](
    transport: Transport,
    send: Callable[[], Awaitable[T]],
    look: Callable[[], Awaitable[T | None]],
) -> T:
    """Return what `send` brings; before it sends again, `look` returns that if it is there already.

    The transport repeats what surely had no effect. What may have had one comes here. As nothing
    is sent without a look, it is as safe to repeat as a read, and has the same patience.
    """
    for attempt in count(1):
        try:
            return await send()
        except RequestError as error:
            if not may_have_had_effect(error):
                raise
            wait = transport.policy.wait_before_retry(
                error, method="GET", attempt=attempt, jitter=transport.jitter()
            )
            if wait is not None:
                logger.warning("%s Looking in %.1f s what came of it.", error, wait)
                await transport.clock.sleep(wait)
            if (done := await look()) is not None:
                return done
            if wait is None:
                raise
    raise AssertionError("counting never ends")
