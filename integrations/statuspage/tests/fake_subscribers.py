"""The webhook subscribers of one page, in every state, as the manage API shows and changes them."""

import itertools
import json
from typing import Any

import httpx

type Raw = dict[str, Any]

SINCE = "2026-01-02T00:00:00Z"


class Subscribers:
    """Strict: what the API would not understand fails the test that sent it."""

    def __init__(self) -> None:
        self.all: list[Raw] = []
        self.unconfirmed: set[str] = set()
        # What the vendor leaves open, or does on some plans only.
        self.refuses_twins = True
        self.wants_confirmation = False
        self._numbers = itertools.count(1)

    def add(self, endpoint: str, state: str = "active", email: str | None = None) -> str:
        """Add a subscriber in a state; return its id."""
        number = next(self._numbers)
        raw = {
            "id": f"sub{number:09d}",
            "mode": "webhook",
            "endpoint": endpoint,
            "email": email,
            "quarantined_at": SINCE if state == "quarantined" else None,
            "created_at": f"2026-01-01T00:{number // 60:02d}:{number % 60:02d}Z",
        }
        self.all.append(raw)
        if state == "unconfirmed":
            self.unconfirmed.add(f"sub{number:09d}")
        return f"sub{number:09d}"

    @property
    def endpoints(self) -> list[str]:
        """Where each subscriber's webhooks go."""
        return [one["endpoint"] for one in self.all]

    def state(self, subscriber: Raw) -> str:
        """Return the state that the API's filter knows a subscriber by."""
        if subscriber["quarantined_at"]:
            return "quarantined"
        return "unconfirmed" if subscriber["id"] in self.unconfirmed else "active"

    def answer(self, path: str, request: httpx.Request) -> httpx.Response:
        """Answer a request for the path below the page."""
        query = dict(request.url.params)
        match request.method, path:
            case "GET", "subscribers":
                return self._listed(query)
            case "POST", "subscribers":
                return self._subscribed(**json.loads(request.content)["subscriber"])
            case "POST", "subscribers/reactivate":
                named = json.loads(request.content)["subscribers"]
                assert isinstance(named, list)
                for one in self.all:
                    if one["id"] in named:
                        one["quarantined_at"] = None
                return httpx.Response(201)
            case "DELETE", _:
                assert query == {"skip_unsubscription_notification": "true"}, query
                gone = [one for one in self.all if path == f"subscribers/{one['id']}"]
                self.all = [one for one in self.all if one not in gone]
                return httpx.Response(200, json=gone[0]) if gone else httpx.Response(404)
        raise AssertionError(f"{request.method} {request.url}")

    def _listed(self, query: dict[str, str]) -> httpx.Response:
        assert set(query) == {"type", "state", "page", "limit"}, query
        assert query["type"] == "webhook"
        chosen = [one for one in self.all if query["state"] in ("all", self.state(one))]
        first = int(query["page"]) * int(query["limit"])
        return httpx.Response(200, json=chosen[first : first + int(query["limit"])])

    def _subscribed(
        self, endpoint: str, *, skip_confirmation_notification: bool, email: str | None = None
    ) -> httpx.Response:
        if self.refuses_twins and endpoint in self.endpoints:
            taken = f"Endpoint {endpoint} has already been taken"
            return httpx.Response(422, json={"error": [taken]})
        waits = self.wants_confirmation or not skip_confirmation_notification
        made = self.add(endpoint, "unconfirmed" if waits else "active", email)
        return httpx.Response(201, json=next(one for one in self.all if one["id"] == made))
