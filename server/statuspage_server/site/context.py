"""For whom a page is made: language, zone and moment, and under which address."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from statuspage_server.core.moments import Moment, whole_seconds
from statuspage_server.languages import Language


@dataclass(frozen=True, slots=True)
class TimeView:
    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class LinkView:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Context:
    language: Language
    zone: ZoneInfo
    now: Moment
    base: str
    """What the page's addresses begin with: nothing, or `/pages/<id>`."""

    def time(self, moment: Moment) -> TimeView:
        return TimeView(
            whole_seconds(moment) or "", self.language.day_and_time(moment, self.zone, self.now)
        )

    def date(self, moment: Moment) -> date:
        return local_date(moment, self.zone)

    def incident(self, incident_id: str, name: str) -> LinkView:
        return LinkView(name, f"{self.base}/incidents/{incident_id}")


def local_date(moment: Moment, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(zone).date()
