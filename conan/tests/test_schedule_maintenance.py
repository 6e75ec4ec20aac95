"""`conan statuspage:schedule_maintenance`."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta

import pytest
from calling import Conan
from conan.errors import ConanException
from proxy import Proxy
from real_server import API, CART, PAGE, SEARCH, RealServer

NOW = datetime(2030, 3, 1, 12, 30, 15, tzinfo=UTC)


def period(
    scheduled: str = "now", until: str | None = None, length: str | None = None
) -> tuple[datetime, datetime]:
    """What is asked for at half past twelve."""
    from statuspage_commands.period import period_of  # noqa: PLC0415 (Conan's home has it)

    found = period_of(Namespace(scheduled=scheduled, until=until, length=length), NOW)
    return found.begin, found.end


def test_c0_9_everything_that_is_not_said_is_as_in_the_document(conan: Conan, proxy: Proxy) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    conan.done("schedule_maintenance", "-t", "Weekly", "-m", "Builds wait.", "-c", SEARCH, CART)
    after = datetime.now(UTC)

    (request,) = proxy.requests
    body = request.body
    begin = datetime.fromisoformat(body.pop("scheduled_for"))
    end = datetime.fromisoformat(body.pop("scheduled_until"))
    assert (request.method, request.path) == ("POST", f"/v1/pages/{PAGE}/incidents")
    assert body == {
        "name": "Weekly",
        "body": "Builds wait.",
        "impact_override": "maintenance",
        "status": "scheduled",
        "scheduled_remind_prior": True,
        "auto_transition_to_maintenance_state": True,
        "auto_transition_to_operational_state": True,
        "scheduled_auto_in_progress": True,
        "scheduled_auto_completed": False,
        "auto_transition_deliver_notifications_at_start": False,
        "auto_transition_deliver_notifications_at_end": True,
        "deliver_notifications": True,
        "components": {SEARCH: "under_maintenance", CART: "under_maintenance"},
        "component_ids": [SEARCH, CART],
    }
    assert before <= begin - timedelta(minutes=1) <= after
    assert end - begin == timedelta(hours=8)


def test_c0_9_a_title_is_required(conan: Conan, proxy: Proxy) -> None:
    outcome = conan("schedule_maintenance", "-c", API)

    assert (outcome.code, proxy.requests) == (1, [])
    assert "Incident title is required." in outcome.err


def test_w0_c_components_are_optional(conan: Conan, proxy: Proxy) -> None:
    conan.done("schedule_maintenance", "-t", "Weekly")

    assert not {"components", "component_ids", "body"} & proxy.body().keys()


def test_components_of_a_later_maintenance_stay_as_they_are_until_it_begins(
    conan: Conan, server: RealServer, proxy: Proxy
) -> None:
    conan.done("schedule_maintenance", "-t", "Weekly", "-s", "+2h", "-c", API)

    body = proxy.body()
    assert (body["components"], body["component_ids"]) == ({}, [API])
    assert body["auto_transition_to_maintenance_state"] is True
    assert server.status(API) == "operational"


@pytest.mark.parametrize(
    "written",
    [
        "2030-03-02T10:00:00.000Z",
        "2030-03-02T10:00:00Z",
        "2030-03-02T10:00:00+00:00",
        "2030-03-02T11:00:00+01:00",
        "2030-03-02 10:00",
        "tomorrow 10:00",
        "+21h29m45s",
    ],
)
def test_w0_d_a_time_can_be_written_in_any_of_the_usual_ways(written: str) -> None:
    ten = datetime(2030, 3, 2, 10, tzinfo=UTC)

    assert period(written) == (ten, ten + timedelta(hours=8))


def test_w0_d_a_time_with_z_arrives(conan: Conan) -> None:
    words = ("-t", "Weekly", "--scheduled", "2040-12-20T10:00:00Z", "--for", "90m", "-f", "json")
    planned = conan.done("schedule_maintenance", *words).json

    begin, end = (datetime.fromisoformat(planned[f"scheduled_{one}"]) for one in ("for", "until"))
    assert (begin, end - begin) == (
        datetime(2040, 12, 20, 10, tzinfo=UTC),
        timedelta(minutes=90),
    )


def test_w0_d_its_end_can_be_a_time_or_a_length() -> None:
    begin = NOW + timedelta(minutes=1)

    assert period(length="90m") == (begin, begin + timedelta(minutes=90))
    assert period(until="14:00") == (begin, datetime(2030, 3, 1, 14, tzinfo=UTC))


@pytest.mark.parametrize("given", [{"scheduled": "soon"}, {"until": "later"}, {"length": "long"}])
def test_w0_d_what_is_no_time_is_told_with_those_that_are(given: dict[str, str]) -> None:
    with pytest.raises(ConanException, match=r"write one as"):
        period(**given)


def test_w0_d_an_end_before_the_beginning_is_refused_before_it_is_sent(
    conan: Conan, proxy: Proxy
) -> None:
    outcome = conan("schedule_maintenance", "-t", "Weekly", "-s", "+2h", "--until", "+1h")

    assert (outcome.code, proxy.requests) == (1, [])
    assert "The end of the maintenance is not after the beginning." in outcome.err


def test_w0_f_subscribers_can_be_left_in_peace(conan: Conan, proxy: Proxy) -> None:
    conan.done("schedule_maintenance", "-t", "Weekly", "--no-notify")

    reaching = ("deliver_notifications", "scheduled_remind_prior")
    at_times = [f"auto_transition_deliver_notifications_at_{one}" for one in ("start", "end")]
    assert not any(proxy.body()[field] for field in (*reaching, *at_times))


def test_w0_f_a_key_plans_one_maintenance_however_often_it_is_called(
    conan: Conan, server: RealServer
) -> None:
    first, again = (
        conan.done("schedule_maintenance", "-t", "Weekly", "--key", "week-7") for _ in range(2)
    )

    assert first.out.startswith("Scheduled maintenance:\n")
    assert again.out.startswith("A maintenance with this key is planned or runs already:\n")
    assert len(server.incidents()) == 1
