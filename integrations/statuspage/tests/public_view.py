"""A page's public API: what everybody sees, as it was up to some seconds ago."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from statuspage import page_status

type Raw = dict[str, Any]

# What the manage API shows and the public one does not.
HIDDEN = {"automation_email"}
HIDDEN_OF_INCIDENTS = {"metadata", "impact_override", "postmortem_body"}

CUT_AT = 50
OVER = {"resolved", "postmortem", "completed"}
PLANNED = {"scheduled", "in_progress", "verifying", "completed"}


@dataclass
class PublicView:
    """The documents of one page, out of a cache if there is a clock to tell its age."""

    cached_for: float = 0.0
    # What it shows at its top, if not what follows from the components.
    shows: Raw | None = None
    # The public API does not cut moments to the second.
    moments: dict[str, str] = field(default_factory=dict)
    _cache: dict[str, tuple[float, bytes]] = field(default_factory=dict)

    def document(
        self,
        name: str,
        page: Raw,
        rows: list[Raw],
        incidents: list[Raw],
        now: Callable[[], float] | None,
    ) -> bytes:
        """Return a document as it is, or as it was when it came into the cache."""
        moment = 0.0 if now is None else now()
        cached = self._cache.get(name)
        if cached is None or now is None or moment - cached[0] >= self.cached_for:
            fresh = json.dumps(self._fresh(name, page, rows, incidents)).encode()
            self._cache[name] = cached = moment, fresh
        return cached[1]

    def _fresh(self, name: str, page: Raw, rows: list[Raw], incidents: list[Raw]) -> Raw:
        head = {"page": {key: page.get(key) for key in ("id", "name", "updated_at")}}
        planned = [_shown(one) for one in incidents if one["status"] in PLANNED]
        others = [_shown(one) for one in incidents if one["status"] not in PLANNED]
        if name == "incidents":
            return {**head, "incidents": _newest(others, "created_at")}
        if name == "scheduled-maintenances":
            return {**head, "scheduled_maintenances": _newest(planned, "updated_at")}
        document: Raw = {**head, "status": self.shows or page_status.derived(rows).raw()}
        if name == "summary":
            document["components"] = [self._row(row, rows) for row in rows]
            document["incidents"] = [one for one in others if one["status"] not in OVER]
            document["scheduled_maintenances"] = [
                one for one in planned if one["status"] not in OVER
            ]
        return document

    def _row(self, row: Raw, rows: list[Raw]) -> Raw:
        shown = {key: value for key, value in row.items() if key not in HIDDEN}
        if row["id"] in self.moments:
            shown["updated_at"] = self.moments[row["id"]]
        if row.get("group"):
            shown["components"] = [one["id"] for one in rows if one.get("group_id") == row["id"]]
        return shown


def _shown(incident: Raw) -> Raw:
    return {key: value for key, value in incident.items() if key not in HIDDEN_OF_INCIDENTS}


def _newest(events: list[Raw], key: str) -> list[Raw]:
    return sorted(events, key=lambda one: str(one[key]), reverse=True)[:CUT_AT]
