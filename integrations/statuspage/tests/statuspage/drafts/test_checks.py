"""What a draft refuses before any request is made."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from statuspage import (
    Change,
    NewIncident,
    NewMaintenance,
    Postmortem,
    UnusableArgument,
    UpdateEdit,
)

NOON = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
WITHOUT_ZONE = datetime(2026, 9, 14, 12, 0)  # noqa: DTZ001 (what is refused)


def incident(**said: Any) -> NewIncident:
    return NewIncident(**{"name": "Outage", **said})


def maintenance(**said: Any) -> NewMaintenance:
    period = {"scheduled_for": NOON, "scheduled_until": NOON + timedelta(hours=1)}
    return NewMaintenance(**{"name": "Upgrade", **period, **said})


@pytest.mark.parametrize(
    ("make", "said", "argument"),
    [
        (incident, {"name": "  "}, "name"),
        (incident, {"name": "x" * 256}, "name"),
        (incident, {"status": "scheduled"}, "status"),
        (incident, {"body": "x" * 25_001}, "body"),
        (incident, {"impact_override": "huge"}, "impact_override"),
        (incident, {"components": {"a1": "down"}}, "status"),
        (incident, {"components": {"a/b": "operational"}}, "components"),
        (incident, {"metadata": {"run": "r_1"}}, "metadata"),
        (incident, {"backfill_date": WITHOUT_ZONE}, "backfill_date"),
        (incident, {"backfill_date": NOON, "components": {"a1": None}}, "components"),
        (incident, {"reminder_intervals": "[5, 1]"}, "reminder_intervals"),
        (incident, {"reminder_intervals": "25"}, "reminder_intervals"),
        (incident, {"reminder_intervals": "often"}, "reminder_intervals"),
        (maintenance, {"status": "resolved"}, "status"),
        (maintenance, {"scheduled_for": WITHOUT_ZONE}, "scheduled_for"),
        (maintenance, {"scheduled_until": WITHOUT_ZONE}, "scheduled_until"),
        (maintenance, {"scheduled_until": NOON}, "scheduled_until"),
        (Change, {"status": "done"}, "status"),
        (Change, {"name": ""}, "name"),
        (Change, {"scheduled_for": NOON, "scheduled_until": NOON}, "scheduled_until"),
        (UpdateEdit, {"body": " "}, "body"),
        (UpdateEdit, {"display_at": WITHOUT_ZONE}, "display_at"),
        (Postmortem, {"body": "\n"}, "body"),
    ],
)
def test_what_the_api_could_not_take_is_named(
    make: Callable[..., Any], said: dict[str, Any], argument: str
) -> None:
    with pytest.raises(UnusableArgument) as caught:
        make(**said)

    assert caught.value.argument == argument
    assert str(caught.value).endswith((".", "?"))


def test_the_words_are_listed_with_the_one_that_is_near() -> None:
    with pytest.raises(UnusableArgument) as caught:
        incident(components={"a1": "major outtage"})

    assert str(caught.value) == (
        "status is 'major outtage': it can be operational, under_maintenance, "
        "degraded_performance, partial_outage, major_outage. Do you mean major_outage?"
    )


@pytest.mark.parametrize("said", ["major_outage", "Major Outage", "MAJOR-OUTAGE", " major outage "])
def test_a_word_may_be_written_as_people_write_it(said: str) -> None:
    assert incident(components={"a1": said}).components == {"a1": "major_outage"}


def test_a_text_of_nothing_but_space_says_nothing() -> None:
    assert "body" not in incident(body=" \n ").request()["incident"]


def test_a_text_keeps_its_lines() -> None:
    assert incident(body="One.\n\nTwo.\n").request()["incident"]["body"] == "One.\n\nTwo.\n"


@pytest.mark.parametrize(
    ("draft", "over"),
    [
        (incident(), False),
        (incident(status="monitoring"), False),
        (incident(status="resolved"), True),
        (incident(backfill_date=NOON), True),
        (maintenance(), False),
        (maintenance(status="completed"), True),
    ],
)
def test_a_draft_tells_whether_it_is_over_from_the_beginning(draft: Any, over: bool) -> None:  # noqa: FBT001
    assert draft.is_over is over
