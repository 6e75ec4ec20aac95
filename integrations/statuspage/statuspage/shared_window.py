"""The request window of several processes that use one key, kept in Redis.

Without an answer of Redis the work goes on with this process's own window, and the log says so.
"""

import hashlib
import logging
from uuid import uuid4

from redis.asyncio import Redis
from redis.commands.core import AsyncScript
from redis.exceptions import RedisError

from .errors import UnusableArgument
from .pacing import Clock
from .window import PERIOD, RollingWindow

logger = logging.getLogger(__name__)

# A request without an answer holds its slot this long; then its process is taken for dead.
UNANSWERED = 300.0

# A Redis that is not there must cost less than the request it paces.
PATIENCE = 2.0

# How long a Redis that did not answer is left alone, so that it slows down nothing else.
LEFT_ALONE = 30.0

# Each script runs in one step and on the server's clock: no races, no skewed clocks.
NOW = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
"""
# KEYS: slots (a sorted set: name -> when it becomes free, in ms), pause (until when, in ms)
TAKE = (
    NOW
    + """
local ceiling, period, unanswered = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local paused = tonumber(redis.call('GET', KEYS[2]) or '0')
if paused > now then return paused - now end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local held = redis.call('ZCARD', KEYS[1])
if held < ceiling then
    redis.call('ZADD', KEYS[1], now + unanswered, ARGV[4])
    redis.call('PEXPIRE', KEYS[1], unanswered)
    return 0
end
local due = redis.call('ZRANGE', KEYS[1], held - ceiling, held - ceiling, 'WITHSCORES')
return math.max(1, math.min(tonumber(due[2]) - now, period))
"""
)
FINISH = (
    NOW
    + """
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), ARGV[2])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
    redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return 0
"""
)
PAUSE = (
    NOW
    + """
local till = now + tonumber(ARGV[1])
if till > tonumber(redis.call('GET', KEYS[1]) or '0') then
    redis.call('SET', KEYS[1], till, 'PX', ARGV[1])
end
return 0
"""
)


def redis_at(url: str) -> Redis:
    """Return a client of the Redis at `url`, which is not repeated: it may hold a password."""
    try:
        return Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
    except ValueError:
        raise UnusableArgument("redis_url", "cannot be read as an address of a Redis.") from None


class SharedWindow:
    """The request window that all processes with the same key share."""

    def __init__(self, redis: Redis, api_key: str, clock: Clock, *, period: float = PERIOD) -> None:
        # The key itself never leaves the process: its digest tells the windows apart.
        digest = hashlib.sha256(api_key.encode()).hexdigest()[:16]
        self._slots = f"statuspage:{{{digest}}}:slots"
        self._pause = f"statuspage:{{{digest}}}:pause"
        self._take = redis.register_script(TAKE)
        self._finish = redis.register_script(FINISH)
        self._hold = redis.register_script(PAUSE)
        self._clock = clock
        self._period = period
        # Counts this process's sends, for when Redis is lost.
        self._own = RollingWindow(period)
        self._alone_until: float | None = None

    async def take(self, ceiling: int) -> str | float:
        # Should Redis forget what was sent, we at least know our own.
        if own_wait := self._own.wait(self._clock.now(), ceiling):
            return own_wait
        slot = uuid4().hex
        wait = await self._run(
            self._take,
            [self._slots, self._pause],
            ceiling,
            _milliseconds(self._period),
            _milliseconds(UNANSWERED),
            slot,
        )
        if wait:
            return wait / 1000
        if wait is None:
            return self._own.take(self._clock.now(), ceiling) or slot
        self._own.count()
        return slot

    async def finish(self, slot: str) -> None:
        self._own.finish(self._clock.now())
        await self._run(self._finish, [self._slots], _milliseconds(self._period), slot)

    async def pause(self, seconds: float) -> None:
        """Give out no slot for so long, in any process."""
        self._own.pause(self._clock.now(), seconds)
        await self._run(self._hold, [self._pause], _milliseconds(seconds))

    async def _run(self, script: AsyncScript, keys: list[str], *arguments: str | int) -> int | None:
        """Run a script; None when Redis does not answer."""
        now = self._clock.now()
        if self._alone_until is not None and now < self._alone_until:
            return None
        try:
            answer = int(await script(keys=keys, args=arguments))
        except (RedisError, OSError) as error:
            if self._alone_until is None:
                logger.warning(
                    "Redis does not answer (%s): requests are counted for this process alone",
                    type(error).__name__,
                )
            self._alone_until = now + LEFT_ALONE
            return None
        if self._alone_until is not None:
            logger.info("Redis answers again: requests are counted for all processes")
            self._alone_until = None
        return answer


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
