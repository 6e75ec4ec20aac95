"""Histories of a page: what was there at the last sync, and what happened to it since."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from resync.changes import MARGIN, Changes
from resync.mapped import Mapped
from resync.shown_pages import ShownPages
from resync.single_flight import Once
from resync.snapshot import Snapshot
from resync.streams import Components, Groups, Incidents
from tests.account import Account, Page, Raw

CURSOR = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
INCIDENT = ["investigating", "identified", "monitoring"]
MAINTENANCE = ["scheduled", "in_progress", "verifying"]
EVERYTHING = Mapped((Groups(), Components(), Incidents()))
END = {"incident": "resolved", "maintenance": "completed"}


def stamp(moment: datetime) -> str:
    """Write a moment as the API does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# A page of which nothing is shown in public.
PRIVATE: dict[str, Any] = {"viewers_must_be_team_members": True}


def before(**past: float) -> str:
    """Return a timestamp surely older than the cursor."""
    return stamp(CURSOR - 2 * MARGIN - timedelta(**past))


def since(seconds: int) -> str:
    """Return a timestamp behind the cursor."""
    return stamp(CURSOR + timedelta(seconds=seconds))


# How a list may be ordered, as far as anybody knows.
ORDERS: dict[str, Callable[[list[Raw], random.Random], list[Raw]]] = {
    "newest first": lambda items, _: sorted(items, key=_created, reverse=True),
    "last updated first": lambda items, _: sorted(items, key=_updated, reverse=True),
    "oldest first": lambda items, _: sorted(items, key=_created),
    "shuffled": lambda items, chance: chance.sample(items, len(items)),
}


def _created(incident: Raw) -> str:
    return str(incident["created_at"])


def _updated(incident: Raw) -> str:
    return str(incident["updated_at"])


@dataclass
class History:
    """What a page went through: `open_in_port` was open at the cursor, as Port knows."""

    page: Page
    open_in_port: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    quiet: set[str] = field(default_factory=set)


def add_old(account: Account, history: History, count: int) -> None:
    """Add incidents that were over long before the cursor."""
    for number in range(count):
        old = account.add_incident(
            history.page,
            created_at=before(days=1 + (count - number) / 3),
            updated_at=before(days=0.9 + (count - number) / 3),
        )
        history.quiet.add(old["id"])


@dataclass(frozen=True)
class Event:
    """One incident that was open at the cursor or began after it, and what became of it."""

    kind: str
    fate: str
    age: int
    stage: int
    at: int


FATES = ["left alone", "updated", "over", "deleted", "new", "new and over"]
EVENTS = st.lists(
    st.builds(
        Event,
        kind=st.sampled_from(["incident", "maintenance"]),
        fate=st.sampled_from(FATES),
        age=st.integers(1, 900),
        stage=st.integers(0, 2),
        at=st.integers(1, 3600),
    ),
    max_size=12,
)


def play(account: Account, history: History, event: Event, number: int) -> None:
    """Let an event happen."""
    stages = INCIDENT if event.kind == "incident" else MAINTENANCE
    new = event.fate.startswith("new")
    # A few seconds set events apart that hypothesis puts at the same moment.
    created = since(event.at * 20 + number) if new else before(days=event.age, seconds=number)
    changed = since(event.at * 20 + number) if event.fate != "left alone" else created
    over = event.fate in ("over", "new and over")
    incident = account.add_incident(
        history.page,
        created_at=created,
        updated_at=changed,
        status=END[event.kind] if over else stages[event.stage],
    )
    if not new:
        history.open_in_port.add(incident["id"])
    if event.fate == "deleted":
        history.page.incidents.remove(incident)
        history.gone.add(incident["id"])
    elif event.fate != "left alone":
        history.changed.add(incident["id"])


def changes_of(
    snapshot: Snapshot,
    open_in_port: Mapping[str, frozenset[str]],
    held: int | None = None,
    mapped: Mapped = EVERYTHING,
) -> Changes:
    """Return the changes of all pages, when Port tells this of what it holds."""

    async def told() -> Mapping[str, frozenset[str]]:
        return open_in_port

    async def count(_: str) -> int | None:
        return held

    return Changes(snapshot, ShownPages(snapshot.client), mapped, Once(told), count)


def open_in_port_of(*histories: History) -> dict[str, frozenset[str]]:
    """Return what Port believes to be open."""
    return {history.page.raw["id"]: frozenset(history.open_in_port) for history in histories}
