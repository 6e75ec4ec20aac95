"""The small rules behind an incremental sync."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from resync.change_rules import changed_since, nothing_newer_follows
from resync.scopes import in_scope
from statuspage import Collection

from .reading import lists

SINCE = datetime(2026, 9, 14, tzinfo=UTC)
OLD, OLDER, OLDEST = "2026-09-13T00:00:00Z", "2026-09-12T00:00:00Z", "2026-09-11T00:00:00Z"
NEW, NEWER = "2026-09-15T00:00:00Z", "2026-09-16T00:00:00Z"


def batch(*moments: tuple[object, object]) -> list[dict[str, object]]:
    """Return incidents that were created and updated at these moments."""
    return [{"created_at": created, "updated_at": updated} for created, updated in moments]


@pytest.mark.parametrize(
    "moments",
    [
        [(NEW, NEW), (OLD, OLD)],
        [(NEW, NEW), (OLD, NEWER), (OLDER, OLD)],
        [(OLDER, NEW), (NEW, NEW), (OLDEST, OLD)],
        [(OLD, OLD), (OLDER, OLDER)],
        [(OLD, OLD), (OLD, OLD), (OLDER, OLDER)],
    ],
    ids=["both", "by creation", "by update", "all old", "two at once"],
)
def test_a_falling_batch_that_reaches_below_the_cursor_is_the_last_one_needed(
    moments: Sequence[tuple[str, str]],
) -> None:
    assert nothing_newer_follows(batch(*moments), SINCE)


@pytest.mark.parametrize(
    "moments",
    [
        [],
        [(NEWER, NEWER), (NEW, NEW)],
        [(OLDEST, OLDEST), (OLDER, OLDER)],
        [(NEW, NEW), (OLDEST, OLDEST), (OLD, OLD)],
        [(NEW, NEW), (None, None)],
        [(NEW, NEW), ("soon", ""), (OLD, None)],
    ],
    ids=["nothing", "all new", "rising", "up and down", "undated", "unreadable"],
)
def test_any_other_batch_proves_nothing(moments: Sequence[tuple[object, object]]) -> None:
    assert not nothing_newer_follows(batch(*moments), SINCE)


def test_equal_moments_are_no_order() -> None:
    """An import gives a whole page of results one moment, in a list with the oldest first too."""
    assert not nothing_newer_follows(batch((OLD, OLD), (OLD, OLD)), SINCE)


def test_a_batch_that_falls_both_ways_proves_only_what_both_orders_prove() -> None:
    """Listed by update, after an edit of old incidents: a new one may still follow."""
    edited = batch((OLD, NEWER), (OLDER, NEWER), (OLDEST, NEW))

    assert not nothing_newer_follows(edited, SINCE)


@pytest.mark.parametrize(
    ("created", "updated", "changed"),
    [
        (OLD, OLD, False),
        (OLD, NEW, True),
        (NEW, NEW, True),
        (NEW, OLD, True),
        (OLD, "2026-09-14T00:00:00Z", True),
        (OLD, "2026-09-13T23:59:59Z", False),
        (OLD, None, False),
        (None, NEW, True),
        (None, None, True),
        ("soon", "", True),
    ],
)
def test_an_incident_changed_unless_its_timestamps_say_that_it_did_not(
    created: object,
    updated: object,
    changed: bool,  # noqa: FBT001
) -> None:
    assert changed_since(batch((created, updated))[0], SINCE) is changed


@pytest.mark.parametrize(
    ("scope", "statuses"),
    [
        ("unresolved", {"investigating", "identified", "monitoring"}),
        ("scheduled", {"scheduled", "in_progress", "verifying"}),
        ("upcoming", {"scheduled"}),
        ("active_maintenance", {"in_progress", "verifying"}),
    ],
)
def test_a_scope_holds_the_statuses_that_its_list_shows(scope: str, statuses: set[str]) -> None:
    every = [
        *("investigating", "identified", "monitoring", "resolved", "postmortem"),
        *("scheduled", "in_progress", "verifying", "completed"),
    ]

    assert {s for s in every if in_scope({"status": s}, lists(scope))} == statuses


@pytest.mark.parametrize("status", ["investigating", "completed", "of the future", None])
def test_all_holds_every_status(status: str | None) -> None:
    assert in_scope({"status": status}, [Collection.INCIDENTS])


def test_several_scopes_hold_what_any_of_them_holds() -> None:
    scopes = lists("unresolved", "upcoming")

    assert in_scope({"status": "monitoring"}, scopes)
    assert in_scope({"status": "scheduled"}, scopes)
    assert not in_scope({"status": "verifying"}, scopes)
    assert not in_scope({"status": "resolved"}, [])
