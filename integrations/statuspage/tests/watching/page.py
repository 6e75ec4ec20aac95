"""A page that changes, its public documents at any moment, and its manage API."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx

from statuspage import StatuspageClient, connect, page_status
from tests.account import KEY
from tests.virtual_time import clock

type Raw = dict[str, Any]
type Documents = dict[str, Raw]

PAGE = "kctbh9vrtdwd"
BEGAN = datetime(2026, 9, 1, tzinfo=UTC)
STATUSES = ["operational", "degraded_performance", "partial_outage", "major_outage"]
OVER = {"resolved", "postmortem", "completed"}
CUT_AT = 50


def written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


class ChangingPage:
    """The truth. Each change takes place at a moment of its own and touches the page."""

    def __init__(self, incidents: int = 3, components: int = 4) -> None:
        self.at = BEGAN
        self.raw: Raw = {"id": PAGE, "name": "Parcels", "time_zone": "UTC"}
        self.rows: dict[str, Raw] = {}
        self.events: dict[str, Raw] = {}
        self._numbers = 0
        group = self.add_row(group=True)
        for _ in range(components):
            self.add_row(group_id=group)
        for _ in range(incidents):
            self.close(self.open())

    def tick(self) -> str:
        """Let a moment pass; the page is touched."""
        self.at += timedelta(seconds=2)
        self.raw["updated_at"] = written(self.at)
        return written(self.at)

    def add_row(self, *, group: bool = False, group_id: str | None = None) -> str:
        id_ = self._id("group" if group else "comp")
        now = self.tick()
        self.rows[id_] = {
            "id": id_,
            "page_id": PAGE,
            "name": f"Row {id_}",
            "status": "operational",
            "group": group,
            "group_id": group_id,
            "position": self._numbers,
            "created_at": now,
            "updated_at": now,
        }
        return id_

    def change_row(self, id_: str, **changes: Any) -> None:
        self.rows[id_] |= {**changes, "updated_at": self.tick()}

    def remove_row(self, id_: str) -> None:
        self.tick()
        del self.rows[id_]
        for event in self.events.values():
            event["components"] = [one for one in event["components"] if one != id_]

    def open(self, *, maintenance: bool = False, backdated: bool = False) -> str:
        id_ = self._id("maint" if maintenance else "inc")
        now = self.tick()
        created = written(self.at - timedelta(days=3)) if backdated else now
        self.events[id_] = {
            "id": id_,
            "page_id": PAGE,
            "name": f"Event {id_}",
            "status": "scheduled" if maintenance else "investigating",
            "created_at": created,
            "updated_at": now,
            "components": [],
            "incident_updates": [],
        }
        self.post(id_, self.events[id_]["status"])
        return id_

    def post(self, id_: str, status: str) -> None:
        event, now = self.events[id_], self.tick()
        update = {
            "id": self._id("upd"),
            "incident_id": id_,
            "status": status,
            "body": now,
            "updated_at": now,
        }
        event["incident_updates"] = [update, *event["incident_updates"]]
        event |= {"status": status, "updated_at": now}

    def close(self, id_: str) -> None:
        self.post(id_, "completed" if id_.startswith("maint") else "resolved")

    def rename(self, id_: str) -> None:
        self.events[id_] |= {"name": f"Event at {self.tick()}"}
        self.events[id_]["updated_at"] = written(self.at)

    def remove(self, id_: str) -> None:
        self.tick()
        del self.events[id_]

    def documents(self) -> Documents:
        """Return what the page shows now."""
        page = {key: self.raw[key] for key in ("id", "name", "time_zone", "updated_at")}
        incidents = [one for one in self.events.values() if one["id"].startswith("inc")]
        planned = [one for one in self.events.values() if one["id"].startswith("maint")]
        rows = list(self.rows.values())
        shown = [
            {**row, "components": [one["id"] for one in rows if one["group_id"] == row["id"]]}
            if row["group"]
            else row
            for row in rows
        ]

        def newest(events: list[Raw], key: str) -> list[Raw]:
            return sorted(events, key=lambda one: str(one[key]), reverse=True)[:CUT_AT]

        documents = {
            "summary": {
                "page": page,
                "status": page_status.derived(rows).raw(),
                "components": shown,
                "incidents": [self._event(one) for one in incidents if one["status"] not in OVER],
                "scheduled_maintenances": [
                    self._event(one) for one in planned if one["status"] not in OVER
                ],
            },
            "incidents": {
                "page": page,
                "incidents": [self._event(one) for one in newest(incidents, "created_at")],
            },
            "scheduled-maintenances": {
                "page": page,
                "scheduled_maintenances": [
                    self._event(one) for one in newest(planned, "updated_at")
                ],
            },
        }
        return json.loads(json.dumps(documents))  # type: ignore[no-any-return]

    def shown_events(self) -> set[str]:
        """Return the incidents and maintenances that any document shows."""
        lists = [
            document.get(key, [])
            for document in self.documents().values()
            for key in ("incidents", "scheduled_maintenances")
        ]
        return {one["id"] for shown in lists for one in shown}

    def _event(self, event: Raw) -> Raw:
        rows = [self.rows[id_] for id_ in event["components"]]
        return {**event, "components": rows}

    def _id(self, prefix: str) -> str:
        self._numbers += 1
        return f"{prefix}{self._numbers}"


class Publication:
    """The public API of a page: what it shows now, or an older copy of it."""

    def __init__(self, page: ChangingPage) -> None:
        self.page = page
        self.asked: list[str] = []
        self.not_modified = 0
        # Which of the copies of a document is served; None is what the page shows now.
        self.choose: Callable[[str, list[Documents]], Documents | None] = lambda *_: None
        self.fault: Callable[[str], httpx.Response | None] = lambda _: None
        self.copies: list[Documents] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.method == "GET"
        assert "authorization" not in request.headers
        name = request.url.path.removeprefix("/api/v2/").removesuffix(".json")
        assert request.url.host == f"{PAGE}.statuspage.io"
        self.asked.append(name)
        if (refusal := self.fault(name)) is not None:
            return refusal
        self.copies.append(self.page.documents())
        served = self.choose(name, self.copies) or self.copies[-1]
        body = json.dumps(served[name]).encode()
        tag = f'W/"{sha256(body).hexdigest()[:32]}"'
        if request.headers.get("if-none-match") == tag:
            self.not_modified += 1
            return httpx.Response(304, headers={"etag": tag})
        return httpx.Response(200, content=body, headers={"etag": tag})

    def client(self) -> StatuspageClient:
        http = httpx.AsyncClient(transport=httpx.MockTransport(self))
        return connect(KEY, http=http, clock=clock())


def any_change(page: ChangingPage, chance: random.Random) -> None:
    """Change something."""
    components = [id_ for id_, row in page.rows.items() if not row["group"]]
    groups = [id_ for id_, row in page.rows.items() if row["group"]]
    events = list(page.events)
    match chance.choice(["row", "row", "event", "event", "event", "end", "page"]):
        case "row" if components and chance.random() < 0.7:
            id_ = chance.choice(components)
            change: Raw = chance.choice(
                [
                    {"status": chance.choice(STATUSES)},
                    {"name": f"Renamed {page.at}"},
                    {"position": chance.randint(1, 9)},
                    {"group_id": chance.choice([None, *groups])},
                ]
            )
            page.change_row(id_, **change)
        case "row" if len(components) > 2 and chance.random() < 0.4:
            page.remove_row(chance.choice(components))
        case "row":
            page.add_row(group=chance.random() < 0.3)
        case "event" if events and chance.random() < 0.5:
            id_ = chance.choice(events[-6:])
            page.post(id_, page.events[id_]["status"])
            if components:
                page.events[id_]["components"] = [chance.choice(components)]
        case "event":
            page.open(maintenance=chance.random() < 0.3, backdated=chance.random() < 0.2)
        case "end" if events:
            id_ = chance.choice(events[-6:])
            chance.choice([page.close, page.close, page.rename, page.remove])(id_)
        case _:
            page.raw["name"] = f"Parcels at {page.tick()}"
