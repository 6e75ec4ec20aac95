"""What stands in a request, for each kind of draft."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from statuspage import Change, NewIncident, NewMaintenance, Postmortem, Publication, UpdateEdit
from statuspage.drafts import COMPONENT_STATUSES, IMPACTS, INCIDENT_STATUSES

BEGIN = datetime(2026, 9, 14, 22, 0, tzinfo=timezone(timedelta(hours=2)))
END = BEGIN + timedelta(hours=8)

TEXTS = st.text(min_size=1, max_size=40).filter(str.strip)
STATUSES = st.sampled_from(COMPONENT_STATUSES)


def test_what_was_not_given_is_absent_and_nobody_is_told_unless_asked() -> None:
    request = NewIncident(name="Outage").request()

    assert request == {"incident": {"name": "Outage", "deliver_notifications": False}}


def test_a_component_stands_in_a_new_incident_twice() -> None:
    """C0.2: a status alone attaches nothing, an id alone changes nothing."""
    draft = NewIncident(name="Outage", components={"a1": "major_outage", "b2": None})

    assert draft.request()["incident"] == {
        "name": "Outage",
        "components": {"a1": "major_outage"},
        "component_ids": ["a1", "b2"],
        "deliver_notifications": False,
    }


def test_an_incident_of_the_past_says_that_it_is_one() -> None:
    draft = NewIncident(name="Outage", backfill_date=BEGIN)

    assert draft.request()["incident"] == {
        "name": "Outage",
        "backfill_date": "2026-09-14T20:00:00Z",
        "backfilled": True,
        "deliver_notifications": False,
    }


def test_a_maintenance_says_everything_that_could_reach_subscribers() -> None:
    draft = NewMaintenance(
        name="Upgrade", scheduled_for=BEGIN, scheduled_until=END, components={"a1": None}
    )

    assert draft.request()["incident"] == {
        "name": "Upgrade",
        "status": "scheduled",
        "scheduled_for": "2026-09-14T20:00:00Z",
        "scheduled_until": "2026-09-15T04:00:00Z",
        "components": {},
        "component_ids": ["a1"],
        "scheduled_auto_in_progress": True,
        "scheduled_auto_completed": False,
        "auto_transition_to_maintenance_state": True,
        "auto_transition_to_operational_state": True,
        "deliver_notifications": False,
        "scheduled_remind_prior": False,
        "auto_transition_deliver_notifications_at_start": False,
        "auto_transition_deliver_notifications_at_end": False,
    }


def test_a_change_detaches_no_component() -> None:
    draft = Change(body="Better", components={"a1": "operational"})

    assert draft.request() == {
        "incident": {
            "body": "Better",
            "components": {"a1": "operational"},
            "deliver_notifications": False,
        }
    }


def test_a_change_of_nothing_can_be_told_from_others() -> None:
    assert Change(deliver_notifications=True, body=" \n").is_empty
    assert not Change(scheduled_remind_prior=False).is_empty
    assert not Change(components={"a1": "operational"}).is_empty


def test_an_update_is_corrected_without_a_new_message_to_subscribers() -> None:
    assert UpdateEdit(body="Fixed", display_at=BEGIN).request() == {
        "incident_update": {
            "body": "Fixed",
            "display_at": "2026-09-14T20:00:00Z",
            "deliver_notifications": False,
        }
    }


def test_a_postmortem_is_a_draft_and_published_quietly() -> None:
    assert Postmortem("What happened").request() == {"postmortem": {"body_draft": "What happened"}}
    assert Publication().request() == {
        "postmortem": {"notify_subscribers": False, "notify_twitter": False}
    }
    assert Publication(custom_tweet="Read it").request()["postmortem"]["custom_tweet"] == "Read it"


@given(
    st.fixed_dictionaries(
        {"name": TEXTS},
        optional={
            "status": st.sampled_from(INCIDENT_STATUSES),
            "body": TEXTS,
            "impact_override": st.sampled_from(IMPACTS),
            "components": st.dictionaries(st.from_regex(r"[a-z0-9]{12}", fullmatch=True), STATUSES),
            "deliver_notifications": st.booleans(),
            "metadata": st.dictionaries(TEXTS, st.dictionaries(TEXTS, st.integers())),
            "reminder_intervals": st.sampled_from(["[]", "4", "[1, 5]"]),
        },
    )
)
def test_a_request_holds_what_was_given_as_it_was_and_never_null(said: dict[str, Any]) -> None:
    request = NewIncident(**said).request()["incident"]

    assert None not in request.values()
    assert request.keys() - said.keys() <= {"deliver_notifications", "component_ids"}
    for name, value in said.items():
        if value != {}:
            assert request[name] == (value.strip() if name == "name" else value)


def test_the_moment_is_the_same_in_every_zone() -> None:
    elsewhere = BEGIN.astimezone(UTC)

    assert (
        NewIncident(name="A", backfill_date=BEGIN).request()
        == NewIncident(name="A", backfill_date=elsewhere).request()
    )
