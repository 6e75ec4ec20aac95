"""Which way each page is live, and whether the webhooks of those that have one still come."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from kinds import ObjectKind
from live_events.notification import of_incident
from publishing.cache import Cache
from resync.streams import moment
from statuspage import Raw

logger = logging.getLogger(__name__)

# Atlassian sends a webhook some 30 seconds after the change.
GRACE = timedelta(minutes=2)


class Way(StrEnum):
    """How changes of a page arrive, besides resyncs."""

    WATCHED = "watched"
    WEBHOOKS = "webhooks"


class Coverage:
    """Knows which pages have a subscription whose webhooks come."""

    def __init__(
        self, is_subscribed: Callable[[str], bool], recheck: Callable[[], None], cache: Cache
    ) -> None:
        self._is_subscribed = is_subscribed
        self._recheck = recheck
        self._cache = cache
        self._silent: set[str] = set()

    def way(self, page_id: str) -> Way:
        heard = page_id not in self._silent and self._is_subscribed(page_id)
        return Way.WEBHOOKS if heard else Way.WATCHED

    def heard(self, page_id: str) -> None:
        """Take note of a webhook."""
        if page_id in self._silent:
            self._silent.discard(page_id)
            logger.info("Webhooks of the page %s come again", page_id)

    def check(self, page_id: str, incidents: Iterable[Raw], now: datetime) -> None:
        """See whether a webhook has told of what the public view shows to have changed."""
        if self.way(page_id) is not Way.WEBHOOKS:
            return
        if any(self._was_missed(page_id, incident, now) for incident in incidents):
            self._silent.add(page_id)
            logger.warning(
                "The page %s changed and no webhook came, although it has a subscription: it is "
                "watched until one comes. See that Statuspage can reach OCEAN__BASE_URL",
                page_id,
            )
            self._recheck()

    def _was_missed(self, page_id: str, incident: Raw, now: datetime) -> bool:
        updates = incident.get("incident_updates")
        newest = next((one for one in updates or [] if isinstance(one, dict)), None)
        # Subscribers are not told of every update.
        if newest is None or newest.get("deliver_notifications") is not True:
            return False
        created, told = moment(newest.get("created_at")), of_incident(page_id, incident)
        if created is None or told is None or now - created < GRACE:
            return False
        cached = self._cache.get((ObjectKind.INCIDENT, told.id))
        known = None if cached is None else cached.raw
        return known is None or newest.get("id") not in _ids(known.get("incident_updates"))


def _ids(updates: object) -> set[object]:
    listed = updates if isinstance(updates, list) else []
    return {one.get("id") for one in listed if isinstance(one, dict)}
