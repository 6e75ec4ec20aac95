"""When a job is expected that runs by a cron schedule, in the zone where its clock is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from statuspage_server.core.moments import LATEST, Moment, as_datetime

_ANY_DAY = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Schedule:
    cron: str
    zone: str = "UTC"

    def next_after(self, moment: Moment) -> Moment:
        return _next_after(self.cron, self.zone, moment)


# Every second every item is looked at, and most were not heard since.
@lru_cache(maxsize=16_384)
def _next_after(cron: str, zone: str, moment: Moment) -> Moment:
    try:
        found = next(CronSim(cron, as_datetime(moment).astimezone(ZoneInfo(zone))))
    except StopIteration:
        return LATEST
    return round(found.timestamp() * 1000)


def check_cron(text: str) -> None:
    """Raises ValueError for what is no schedule, and for one that never comes, as 30 February."""
    try:
        next(CronSim(text, _ANY_DAY))
    except CronSimError as error:
        raise ValueError(f"it is no cron schedule ({error})") from error
    except StopIteration as error:
        raise ValueError("that day never comes") from error
