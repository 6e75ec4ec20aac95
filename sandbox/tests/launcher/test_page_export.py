"""The example company, as the server reads it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from launcher import company
from launcher.page_export import exported, identifier, moment
from launcher.seeding import read_page

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PAGES = [read_page(file) for file in (company.FIRST_PAGE, *company.TOLD_PAGES)]


def incidents(page: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = exported(page, NOON)["incidents"]
    return found


def test_moments_are_counted_from_now() -> None:
    assert moment("-90m", NOON) == "2026-11-21T10:30:00+00:00"
    assert moment("+2d", NOON) == "2026-11-23T12:00:00+00:00"
    with pytest.raises(ValueError, match="is no moment"):
        moment("yesterday", NOON)


def test_the_same_names_have_the_same_id_on_every_machine() -> None:
    assert identifier("page", "group", "Tracking") == identifier("page", "group", "Tracking")
    assert re.fullmatch(r"[a-z0-9]{12}", identifier("anything"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_components_stand_in_their_groups(page: dict[str, Any]) -> None:
    rows = exported(page, NOON)["components"]
    groups = {row["id"] for row in rows if row.get("group")}
    assert groups
    assert {row["group_id"] for row in rows if row.get("group_id")} == groups
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_an_incident_tells_its_story_in_order_and_before_now(page: dict[str, Any]) -> None:
    for incident in incidents(page):
        told = [update["created_at"] for update in incident["incident_updates"]]
        assert told == sorted(told)
        assert told[-1] <= NOON.isoformat()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_components_are_as_the_open_incidents_say(page: dict[str, Any]) -> None:
    shown = {row["name"]: row["status"] for row in exported(page, NOON)["components"]}
    said = dict.fromkeys(shown, "operational")
    begun = [one for one in incidents(page) if one["status"] != "scheduled"]
    open_ones = [one for one in begun if not one["resolved_at"]]
    for incident in open_ones:
        last = incident["incident_updates"][-1]
        said |= {row["name"]: row["new_status"] for row in last["affected_components"]}
    assert open_ones
    assert shown == said


def test_the_company_has_open_and_past_incidents_and_a_maintenance_ahead() -> None:
    found = {one["status"] for page in PAGES for one in incidents(page)}
    assert {"investigating", "identified", "scheduled", "resolved", "completed"} <= found
