"""The properties that Port computes from an entity by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from .shipped import Json, calculated

MAINTENANCE = ("scheduled", "in_progress", "verifying", "completed")
INCIDENT = ("investigating", "identified", "monitoring", "resolved", "postmortem")


def _incident(**properties: object) -> Json:
    return {"blueprint": "statuspageIncident", "properties": properties, "relations": {}}


def _update(status: str) -> Json:
    return {"blueprint": "statuspageIncidentUpdate", "properties": {"status": status}}


def _ago(**amount: int) -> str:
    return (datetime.now(UTC) - timedelta(**amount)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    ("began", "ended", "minutes"),
    [
        ("2026-09-14T09:00:00Z", "2026-09-14T10:30:00Z", 90),
        ("2026-09-14T09:00:00.999Z", "2026-09-14T10:30:00.001Z", 90),
        ("2026-09-14T09:00:00.402Z", "2026-09-14T10:30:59Z", 90),
        ("2026-09-14T11:00:00+02:00", "2026-09-14T10:30:00Z", 90),
        ("2026-09-14T05:30:00.123-03:30", "2026-09-14T10:30:00Z", 90),
        ("2026-12-31T23:59:00Z", "2027-01-01T00:01:00Z", 2),
        ("2026-09-14T09:00:00Z", "2026-09-14T08:00:00Z", 0),
        ("2026-09-14T09:00:00Z", None, None),
        (None, "2026-09-14T10:30:00Z", None),
        ("yesterday", "2026-09-14T10:30:00Z", None),
    ],
)
@pytest.mark.parametrize("name", ["durationMinutes", "timeToResolveMinutes"])
def test_resolved_incident_took_the_minutes_between_start_and_end(
    name: str, began: str | None, ended: str | None, minutes: int | None
) -> None:
    entity = _incident(status="resolved", startedAt=began, resolvedAt=ended)

    assert calculated(entity, name) == minutes


@pytest.mark.parametrize("status", ["investigating", "identified", "monitoring"])
def test_open_incident_lasts_until_now(status: str) -> None:
    lengths = [
        calculated(_incident(status=status, startedAt=_ago(hours=hours)), "durationMinutes")
        for hours in (1, 2)
    ]

    # Half a minute may pass between both readings of the clock, not more.
    assert lengths in ([60, 120], [60, 121], [61, 121])


def test_open_incident_has_no_time_to_resolve() -> None:
    entity = _incident(status="monitoring", startedAt=_ago(hours=1))

    assert calculated(entity, "timeToResolveMinutes") is None


def test_maintenance_lasts_from_its_planned_start() -> None:
    entity = _incident(
        status="completed",
        startedAt="2026-09-10T14:00:00.000Z",
        scheduled_for="2026-09-20T02:00:00.007Z",
        resolvedAt="2026-09-20T03:15:00Z",
    )

    assert calculated(entity, "durationMinutes") == 75


def test_maintenance_under_way_lasts_until_now() -> None:
    entity = _incident(status="in_progress", startedAt=_ago(days=3), scheduled_for=_ago(hours=1))

    assert calculated(entity, "durationMinutes") in (60, 61)


def test_maintenance_that_has_not_begun_has_no_duration() -> None:
    entity = _incident(status="scheduled", startedAt=_ago(days=3), scheduled_for=_ago(days=-3))

    assert calculated(entity, "durationMinutes") is None


def test_maintenance_has_no_time_to_resolve() -> None:
    entity = _incident(
        status="completed",
        startedAt="2026-09-10T14:00:00Z",
        scheduled_for="2026-09-20T02:00:00Z",
        resolvedAt="2026-09-20T03:15:00Z",
    )

    assert calculated(entity, "timeToResolveMinutes") is None


@pytest.mark.parametrize("name", ["durationMinutes", "timeToResolveMinutes"])
def test_entity_that_port_made_for_a_relation_has_no_duration(name: str) -> None:
    assert calculated(_incident(), name) is None


@pytest.mark.parametrize("status", MAINTENANCE)
def test_stages_of_a_maintenance_make_the_category_maintenance(status: str) -> None:
    found = [
        calculated(entity, "category") for entity in (_incident(status=status), _update(status))
    ]

    assert found == ["maintenance", "maintenance"]


@pytest.mark.parametrize("status", INCIDENT)
def test_stages_of_an_incident_make_the_category_incident(status: str) -> None:
    found = [
        calculated(entity, "category") for entity in (_incident(status=status), _update(status))
    ]

    assert found == ["incident", "incident"]


def test_maintenance_with_a_post_mortem_is_still_a_maintenance() -> None:
    entity = _incident(status="postmortem", scheduled_for="2026-09-20T02:00:00Z")

    assert calculated(entity, "category") == "maintenance"
