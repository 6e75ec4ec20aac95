"""What is read from a webhook, and what is not believed of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kinds import ObjectKind
from live_events.notification import Notification, notification_of
from statuspage import is_identifier
from tests.virtual_time import START

from . import notifications
from .notifications import COMPONENT, INCIDENT, PAGE

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
NEARLY = st.fixed_dictionaries(
    {},
    optional={
        "page": ANY_JSON | st.fixed_dictionaries({"id": st.just(PAGE) | ANY_JSON}),
        "incident": ANY_JSON
        | st.fixed_dictionaries(
            {"id": st.just(INCIDENT) | ANY_JSON},
            optional={
                "status": ANY_JSON,
                "updated_at": ANY_JSON,
                "incident_updates": ANY_JSON
                | st.lists(ANY_JSON | st.fixed_dictionaries({"updated_at": ANY_JSON})),
            },
        ),
        "component": ANY_JSON | st.fixed_dictionaries({"id": ANY_JSON}),
        "component_update": ANY_JSON
        | st.fixed_dictionaries(
            {"component_id": st.just(COMPONENT) | ANY_JSON},
            optional={"new_status": ANY_JSON, "created_at": ANY_JSON},
        ),
    },
)

NO_IDS = [
    "",
    "../../etc",
    "abc/def",
    "abc?per_page=1",
    "abc\n",
    "\u0661\u0662\u0663",
    "\uff41\uff42\uff43",
    "abc def",
    "a" * 65,
    None,
    True,
    12,
    1.5,
    ["r4k9wz2mq7xd"],
    {"id": "r4k9wz2mq7xd"},
]


@given(payload=ANY_JSON | NEARLY)
def test_any_json_is_a_notification_with_proper_ids_or_none(payload: object) -> None:
    notification = notification_of(payload)

    assert notification is None or all(map(is_identifier, (notification.page_id, notification.id)))


def test_an_incident_is_told_with_its_state_and_history() -> None:
    assert notification_of(notifications.incident()) == Notification(
        PAGE,
        ObjectKind.INCIDENT,
        INCIDENT,
        status="identified",
        changed_at=datetime(2026, 9, 14, 9, 5, 9, 412_000, UTC),
        updates=2,
    )


def test_a_maintenance_is_told_as_an_incident() -> None:
    payload = notifications.incident(
        status="scheduled",
        scheduled_for="2026-09-20T22:00:00.000Z",
        scheduled_until="2026-09-20T23:00:00.000Z",
        impact="maintenance",
    )

    notification = notification_of(payload)

    assert notification is not None
    assert (notification.kind, notification.status) == (ObjectKind.INCIDENT, "scheduled")


def test_a_component_is_told_with_its_new_status() -> None:
    assert notification_of(notifications.component()) == Notification(
        PAGE,
        ObjectKind.COMPONENT,
        COMPONENT,
        status="major_outage",
        changed_at=datetime(2026, 9, 14, 9, 5, 17, 902_000, UTC),
    )


def test_of_a_component_the_update_or_else_the_component_tells_the_id() -> None:
    payload = notifications.component()
    del payload["component_update"]["component_id"]

    notification = notification_of(payload)

    assert notification is not None
    assert notification.id == COMPONENT


def test_a_component_without_an_update_is_no_notification() -> None:
    payload = notifications.component()
    del payload["component_update"]

    assert notification_of(payload) is None


def test_where_both_are_told_the_incident_counts_since_it_brings_its_components() -> None:
    notification = notification_of(notifications.component() | notifications.incident())

    assert notification is not None
    assert notification.kind is ObjectKind.INCIDENT


@pytest.mark.parametrize("key", ["incident", "component_update"])
def test_a_key_with_null_is_as_good_as_none(key: str) -> None:
    both = notifications.component() | notifications.incident()

    assert notification_of(both | {key: None}) is not None
    assert notification_of({"page": {"id": PAGE}, key: None}) is None


@pytest.mark.parametrize("missing", ["status", "updated_at", "incident_updates"])
def test_an_incident_that_tells_little_still_has_to_be_read(missing: str) -> None:
    payload = notifications.incident()
    del payload["incident"][missing]

    assert notification_of(payload) is not None


def test_an_oldest_sample_without_updates_has_to_be_read_whatever_is_known() -> None:
    notification = notification_of({"page": {"id": PAGE}, "incident": {"id": INCIDENT}})

    assert notification == Notification(PAGE, ObjectKind.INCIDENT, INCIDENT)
    assert not notification.is_answered_by({"id": INCIDENT})


@pytest.mark.parametrize("bad", NO_IDS, ids=repr)
def test_what_is_no_id_is_no_notification(bad: Any) -> None:
    assert notification_of(notifications.incident(page_id=bad)) is None
    assert notification_of(notifications.incident(incident_id=bad)) is None
    assert (
        notification_of({"page": {"id": PAGE}, "component_update": {"component_id": bad}}) is None
    )


MOMENTS = st.integers(0, 60_000).map(
    lambda milliseconds: START + timedelta(milliseconds=milliseconds)
)
STATUSES = st.sampled_from(["investigating", "identified", "resolved"])
STATES = st.tuples(STATUSES, MOMENTS, st.integers(0, 3))


def written(moment: datetime, timespec: str = "milliseconds") -> str:
    """Write a moment as the webhook does, or with `seconds` as the API does."""
    return moment.isoformat(timespec=timespec)


def as_read(status: str, moment: datetime, updates: int, timespec: str) -> dict[str, Any]:
    """Return an incident as the API tells it."""
    return {
        "id": INCIDENT,
        "status": status,
        "updated_at": written(moment, timespec),
        "incident_updates": [{"updated_at": written(moment, timespec)}] * updates,
    }


@given(known=STATES, told=STATES, timespec=st.sampled_from(["seconds", "milliseconds"]))
def test_an_incident_that_is_newer_in_any_way_is_never_held_for_known(
    known: tuple[str, datetime, int], told: tuple[str, datetime, int], timespec: str
) -> None:
    notification = notification_of(
        notifications.incident(status=told[0], updated_at=written(told[1]), updates=told[2])
    )
    assert notification is not None
    raw = as_read(*known, timespec)
    later = datetime.fromisoformat(written(told[1])) > datetime.fromisoformat(raw["updated_at"])

    if told[0] != known[0] or later or told[2] > known[2]:
        assert not notification.is_answered_by(raw)


def test_an_incident_that_was_read_with_what_the_webhook_tells_is_known() -> None:
    payload = notifications.incident()
    notification = notification_of(payload)

    assert notification is not None
    assert notification.is_answered_by(payload["incident"])


def test_an_update_that_was_written_last_makes_an_incident_newer() -> None:
    payload = notifications.incident()
    told = notification_of(payload)
    payload["incident"]["incident_updates"][0]["updated_at"] = "2026-09-14T09:06:00.000Z"
    later = notification_of(payload)

    assert told is not None
    assert later is not None
    assert told.is_answered_by(payload["incident"])
    assert not later.is_answered_by(notifications.incident()["incident"])


@given(known=MOMENTS, told=MOMENTS, same=st.booleans())
def test_a_component_is_known_if_it_was_read_with_that_status_within_the_second(
    known: datetime, told: datetime, *, same: bool
) -> None:
    notification = notification_of(
        notifications.component(status="major_outage", created_at=written(told))
    )
    raw = {
        "status": "major_outage" if same else "operational",
        "updated_at": written(known, "seconds"),
    }
    assert notification is not None
    older = known.replace(microsecond=0) <= told - timedelta(seconds=1, milliseconds=1)

    assert not (notification.is_answered_by(raw) and (older or not same))
    if same and known >= told:
        assert notification.is_answered_by(raw)


@example("0001-01-01T00:00:00Z")
@example("0001-01-01T00:00:00+23:59")
@example("9999-12-31T23:59:59-23:59")
@given(told=st.datetimes().map(datetime.isoformat) | st.text(st.characters()))
def test_a_made_up_moment_is_compared_without_an_error(told: str) -> None:
    raw = {"status": "identified", "updated_at": "2026-09-14T09:05:09Z", "incident_updates": []}
    for payload in (
        notifications.incident(updated_at=told),
        notifications.component(status="identified", created_at=told),
    ):
        notification = notification_of(payload)

        assert notification is not None
        assert notification.is_answered_by(raw) in (True, False)


NOTIFICATIONS = st.builds(
    Notification,
    page_id=st.just(PAGE),
    kind=st.just(ObjectKind.INCIDENT),
    id=st.just(INCIDENT),
    status=st.none() | STATUSES,
    changed_at=st.none() | MOMENTS,
    updates=st.integers(0, 3),
)


@given(one=NOTIFICATIONS, other=NOTIFICATIONS, known=STATES)
def test_two_notifications_in_one_are_known_only_if_both_are(
    one: Notification, other: Notification, known: tuple[str, datetime, int]
) -> None:
    raw = as_read(*known, "seconds")
    both = one.and_also(other)

    if both.is_answered_by(raw):
        assert one.is_answered_by(raw)
        assert other.is_answered_by(raw)
