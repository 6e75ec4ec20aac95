"""A page's public API: what everybody sees, as it was up to some seconds ago."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from statuspage import page_status

type Raw = dict[str, Any]

# What the manage API shows of a component and the public one does not.
HIDDEN = {"automation_email"}


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
        self, name: str, page: Raw, rows: list[Raw], now: Callable[[], float] | None
    ) -> bytes:
        """Return status.json or summary.json."""
        moment = 0.0 if now is None else now()
        cached = self._cache.get(name)
        if cached is None or now is None or moment - cached[0] >= self.cached_for:
            self._cache[name] = cached = moment, json.dumps(self._fresh(name, page, rows)).encode()
        return cached[1]

    def _fresh(self, name: str, page: Raw, rows: list[Raw]) -> Raw:
        document: Raw = {
            "page": {key: page.get(key) for key in ("id", "name", "updated_at")},
            "status": self.shows or page_status.derived(rows).raw(),
        }
        if name == "summary":
            document["components"] = [self._row(row, rows) for row in rows]
        return document

    def _row(self, row: Raw, rows: list[Raw]) -> Raw:
        shown = {key: value for key, value in row.items() if key not in HIDDEN}
        if row["id"] in self.moments:
            shown["updated_at"] = self.moments[row["id"]]
        if row.get("group"):
            shown["components"] = [one["id"] for one in rows if one.get("group_id") == row["id"]]
        return shown
