"""PagerDuty's REST API as it is documented, which refuses everything else."""

from dataclasses import dataclass, field
from typing import Any

import httpx

KEY = "pd-key"


@dataclass
class StrictPagerDuty:
    """One account. `failing` is what it answers instead, once for each."""

    incidents: list[dict[str, Any]] = field(default_factory=list)
    alerts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    failing: list[httpx.Response] = field(default_factory=list)
    asked: list[httpx.URL] = field(default_factory=list)
    down: bool = False
    # Whether the oldest incident is resolved as soon as the first page is read.
    resolves_one: bool = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url)
        if self.down:
            raise httpx.ConnectError("refused", request=request)
        if self.failing:
            return self.failing.pop(0)
        assert request.method == "GET"
        assert request.headers["accept"] == "application/vnd.pagerduty+json;version=2"
        if request.headers["authorization"] != f"Token token={KEY}":
            return httpx.Response(401, json={"error": {"message": "Invalid", "code": 2006}})
        params = request.url.params
        assert 1 <= int(params["limit"]) <= 100
        if request.url.path == "/incidents":
            return self._page("incidents", self._open(params), params)
        kind, id_, alerts = request.url.path.strip("/").split("/")
        assert (kind, alerts) == ("incidents", "alerts")
        return self._page("alerts", self.alerts.get(id_, []), params)

    def _open(self, params: httpx.QueryParams) -> list[dict[str, Any]]:
        statuses = params.get_list("statuses[]")
        assert set(statuses) <= {"triggered", "acknowledged", "resolved"}
        shown = [one for one in self.incidents if one["status"] in statuses]
        if params.get("date_range") != "all":
            shown = [one for one in shown if one["created_at"] >= "2026-02-01"]
        if params.get("include[]") != "first_trigger_log_entries":
            shown = [one | {"first_trigger_log_entry": {"id": "R1"}} for one in shown]
        return shown

    def _page(
        self, name: str, rows: list[dict[str, Any]], params: httpx.QueryParams
    ) -> httpx.Response:
        limit, offset = int(params["limit"]), int(params.get("offset", 0))
        if offset + limit > 10_000:
            return httpx.Response(400, json={"error": {"message": "Invalid Input", "code": 2001}})
        page = {
            name: rows[offset : offset + limit],
            "limit": limit,
            "offset": offset,
            "more": len(rows) > offset + limit,
            "total": len(rows) if params.get("total") == "true" else None,
        }
        if self.resolves_one:
            self.resolves_one = False
            self.incidents.pop(0)
        return httpx.Response(200, json=page)


def incident(id_: str, tags: Any = None, **fields: Any) -> dict[str, Any]:
    """Return an incident that a monitor with these tags triggered."""
    channel = {"type": "api", "summary": "Errors", "details": {"tags": tags}}
    given = {
        "id": id_,
        "type": "incident",
        "status": "acknowledged",
        "title": "Errors",
        "created_at": "2026-03-01T11:50:00Z",
        "alert_counts": {"all": 1, "triggered": 1, "resolved": 0},
        "first_trigger_log_entry": {"type": "trigger_log_entry", "channel": channel},
    }
    return given | fields
