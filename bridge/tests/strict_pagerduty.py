"""PagerDuty's REST API as it is documented, which refuses everything else."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

KEY = "pd-key"


@dataclass
class StrictPagerDuty:
    """One account. `failing` is what it answers instead, once for each."""

    incidents: list[dict[str, Any]] = field(default_factory=list)
    alerts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    # The values of custom fields, by an incident's id.
    fields: dict[str, Any] = field(default_factory=dict)
    subscriptions: list[dict[str, Any]] = field(default_factory=list)
    # What each answer says of the quota.
    quota: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
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
        assert request.headers["accept"] == "application/vnd.pagerduty+json;version=2"
        if request.headers["authorization"] != f"Token token={KEY}":
            return httpx.Response(401, json={"error": {"message": "Invalid", "code": 2006}})
        if request.method != "GET":
            self.written.append(f"{request.method} {request.url.path}")
            return self._written(request)
        answer = self._read(request.url)
        answer.headers.update(self.quota)
        return answer

    def _read(self, url: httpx.URL) -> httpx.Response:
        if url.path.endswith("/custom_fields/values"):
            values = self.fields.get(url.path.split("/")[2], [])
            return httpx.Response(200, json={"custom_fields": values})
        params = url.params
        assert 1 <= int(params["limit"]) <= 100
        if url.path == "/incidents":
            return self._page("incidents", self._open(params), params)
        if url.path == "/webhook_subscriptions":
            return self._page("webhook_subscriptions", self.subscriptions, params)
        kind, id_, alerts = url.path.strip("/").split("/")
        assert (kind, alerts) == ("incidents", "alerts")
        return self._page("alerts", self.alerts.get(id_, []), params)

    def _written(self, request: httpx.Request) -> httpx.Response:
        match request.method, request.url.path.strip("/").split("/"):
            case "POST", ["webhook_subscriptions"]:
                made = json.loads(request.content)["webhook_subscription"]
                assert made["type"] == "webhook_subscription"
                assert made["delivery_method"]["type"] == "http_delivery_method"
                assert made["filter"] == {"type": "account_reference"}
                made |= {"id": f"W{len(self.written)}", "active": True}
                self.subscriptions.append(made)
                told = made["delivery_method"] | {"secret": "s3cret"}
                answer = {"webhook_subscription": made | {"delivery_method": told}}
                return httpx.Response(201, json=answer)
            case "PUT", ["webhook_subscriptions", id_]:
                change = json.loads(request.content)["webhook_subscription"]
                assert set(change) <= {"description", "events", "filter", "active"}
                self._subscription(id_).update(change)
                return httpx.Response(200, json={"webhook_subscription": self._subscription(id_)})
            case "POST", ["webhook_subscriptions", id_, "enable"]:
                self._subscription(id_)["active"] = True
                return httpx.Response(200, json={"webhook_subscription": self._subscription(id_)})
            case "DELETE", ["webhook_subscriptions", id_]:
                self.subscriptions.remove(self._subscription(id_))
                return httpx.Response(204)
        raise AssertionError(request.url)

    def _subscription(self, id_: str) -> dict[str, Any]:
        return next(one for one in self.subscriptions if one["id"] == id_)

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
