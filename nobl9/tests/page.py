"""What a status page of Nobl9 keeps: components in a tree, issues, incidents and disruptions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

SHOP, SEARCH, CART, API, OTHER_API = "shop", "search", "cart", "api", "api-2"


def tree() -> list[Any]:
    """Two components are called API, and one name is not ASCII."""
    return [
        _component(SHOP, "Shop", _component(SEARCH, "Search"), _component(CART, "Wägen")),
        _component(API, "API"),
        _component("edge", "Edge", _component(OTHER_API, "API")),
    ]


def _component(id_: str, name: str, *children: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "name": name,
        "description": None,
        "status": "operational",
        "noSignal": False,
        "slos": [],
        "impactingDisruption": None,
        "disruptionHistory": {"days": [], "summary": {}},
        "children": list(children),
    }


@dataclass
class Page:
    """The page; every method is one request."""

    components: list[Any] = field(default_factory=tree)
    issues: list[Any] = field(default_factory=list)
    opened: list[Any] = field(default_factory=list)
    changes: list[Any] = field(default_factory=list)
    disruptions: list[Any] = field(default_factory=list)

    def status(self) -> Any:
        return {"components": self.components}

    def rows(self) -> Iterator[tuple[Any, Any]]:
        """Each component with its parent."""
        waiting = [(None, row) for row in self.components]
        while waiting:
            parent, row = waiting.pop(0)
            yield parent, row
            waiting += [(row, child) for child in row["children"]]

    def find(self, id_: str) -> Any:
        return next((row for _, row in self.rows() if row["id"] == id_), None)

    def status_of(self, id_: str) -> str:
        return str(self.find(id_)["status"])

    def issue(self, body: Any) -> Any:
        component = self.find(body["componentId"])
        if component is None:
            return None
        row = {"id": f"issue-{len(self.issues) + 1}", **body, "componentName": component["name"]}
        self.issues.append(row)
        return row

    def external(self, body: Any) -> Any:
        found = [row for _, row in self.rows() if row["name"] == body["componentName"]]
        if not found:
            return None
        reports = [
            self.issue(
                {
                    "componentId": row["id"],
                    "occurredAt": body["occurredAt"],
                    "comment": body["comment"],
                    "requestedBy": body["requestedBy"],
                }
            )
            for row in found
        ]
        change = body.get("statusChange")
        changes = [
            {"componentId": row["id"], "componentName": row["name"]}
            | self.change(row["id"], change["status"], body["comment"], change["propagateUp"])
            for row in found
            if change
        ]
        return {"reports": reports, "statusChanges": changes, "message": f"{len(found)} created"}

    def summary(self) -> Any:
        count = len(self.issues)
        external = sum("requestedBy" in one for one in self.issues)
        counts = {
            "total": count,
            "userCount": count - external,
            "externalCount": external,
            "internalCount": 0,
            "lastHour": count,
            "last24h": count,
            "last7d": count,
        }
        rows = [
            {
                "componentId": row["id"],
                "componentName": row["name"],
                "counts": counts | {"total": len(own)},
                "activeCounts": {"activeTotal": len(own)},
            }
            for _, row in self.rows()
            if (own := [one for one in self.issues if one["componentId"] == row["id"]])
        ]
        return {"totalCounts": counts, "components": rows}

    def change(self, id_: str, status: str, comment: str, propagateUp: bool) -> Any:  # noqa: FBT001, N803 (the API's name)
        chain = [row for row in [self.find(id_)] if row]
        while propagateUp and chain and (above := self._parent(chain[-1])):
            chain.append(above)
        if not chain:
            return None
        before = chain[0]["status"]
        for row in chain:
            change = {
                "componentId": row["id"],
                "changedAt": "2026-09-14T09:00:00Z",
                "previousStatus": row["status"],
                "newStatus": status,
                "changedBy": "somebody",
                "comment": comment,
                "propagatedFrom": None if row is chain[0] else chain[0]["name"],
            }
            self.changes.insert(0, change)
            row["status"] = status
        self._follow(chain[0], status, comment)
        return {"previousStatus": before, "newStatus": status}

    def _parent(self, row: Any) -> Any:
        return next(parent for parent, one in self.rows() if one is row)

    def _follow(self, row: Any, status: str, comment: str) -> None:
        going_on = [one for one in self.opened if one["endedAt"] is None]
        mine = [one for one in going_on if one["componentName"] == row["name"]]
        for one in mine if status == "operational" else []:
            one |= {"endedAt": "2026-09-14T09:30:00Z", "duration": 1800, "status": "resolved"}
        if status != "operational" and not mine:
            self.opened.insert(
                0,
                {
                    "componentName": row["name"],
                    "severity": status,
                    "status": "ongoing",
                    "startedAt": "2026-09-14T09:00:00Z",
                    "endedAt": None,
                    "duration": None,
                    "startComment": comment,
                    "issueCount": 1,
                },
            )

    def incidents(self, ongoing: str | None) -> Any:
        wanted = {None: {True, False}, "true": {True}, "false": {False}}[ongoing]
        rows = [one for one in self.opened if (one["endedAt"] is None) in wanted]
        days = sorted({one["startedAt"][:10] for one in rows}, reverse=True)
        by_day = [(day, [one for one in rows if one["startedAt"][:10] == day]) for day in days]
        return {"days": [{"date": day, "count": len(own), "incidents": own} for day, own in by_day]}

    def history(self, id_: str) -> Any:
        if self.find(id_) is None:
            return None
        return {"history": [one for one in self.changes if one["componentId"] == id_]}

    def component(self, id_: str) -> Any:
        return self.find(id_)

    def listed(self, query: dict[str, str]) -> Any:
        cleared = {"impacting": [False], "cleared": [True]}.get(
            query.get("state", ""), [True, False]
        )
        rows = [one for one in self.disruptions if one["isCleared"] in cleared]
        limit, offset = int(query.get("limit", 50)), int(query.get("offset", 0))
        assert 1 <= limit <= 200
        page = rows[offset : offset + limit]
        return {"disruptions": page, "total": len(rows), "limit": limit, "offset": offset}

    def timeline(self, *, impacting_only: bool) -> Any:
        state = {"state": "impacting"} if impacting_only else {}
        rows = self.listed({"limit": "200", **state})["disruptions"]
        days = sorted({one["startTime"][:10] for one in rows}, reverse=True)
        by_day = [(day, [one for one in rows if one["startTime"][:10] == day]) for day in days]
        return {
            "days": [{"date": day, "count": len(own), "disruptions": own} for day, own in by_day]
        }

    def disrupt(self, body: Any) -> Any:
        row = self.find(body["originComponentId"])
        assert row["impactingDisruption"] is None, "one impacting disruption for each component"
        disruption = {
            "id": f"d-{len(self.disruptions) + 1}",
            "title": body["comment"],
            "severity": body["severity"],
            "source": body["source"],
            "isCleared": False,
            "originComponent": {"id": row["id"], "name": row["name"]},
            "affectedComponents": [],
            "startTime": body["startTime"],
            "endTime": None,
            "history": [],
        }
        self.disruptions.insert(0, disruption)
        row["impactingDisruption"] = disruption
        self._note(disruption, "operational", body["severity"], body["comment"])
        return ""

    def clear(self, id_: str, endTime: str, comment: str) -> Any:  # noqa: N803 (the API's name)
        disruption = next((one for one in self.disruptions if one["id"] == id_), None)
        if disruption is None or disruption["isCleared"]:
            return None
        disruption |= {"isCleared": True, "endTime": endTime}
        self._note(disruption, disruption["severity"], "operational", comment)
        self.find(disruption["originComponent"]["id"])["impactingDisruption"] = None
        return ""

    def worsen(self, id_: str, severity: str, comment: str) -> Any:
        disruption = next((one for one in self.disruptions if one["id"] == id_), None)
        if disruption is None:
            return None
        self._note(disruption, disruption["severity"], severity, comment)
        disruption["severity"] = severity
        return ""

    def _note(self, disruption: Any, before: str, after: str, comment: str) -> None:
        self.find(disruption["originComponent"]["id"])["status"] = after
        disruption["history"].insert(
            0,
            {
                "previousStatus": before,
                "newStatus": after,
                "changedBy": "somebody",
                "changedAt": "2026-09-14T09:00:00Z",
                "comment": comment,
                "source": "manual",
            },
        )
