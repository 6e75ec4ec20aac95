"""`conan statuspage:resolve_incident`, which ends maintenances too."""

from datetime import UTC, datetime, timedelta

import pytest
from calling import Conan
from proxy import Proxy
from real_server import API, CART, SEARCH, RealServer


def planned(server: RealServer, *affected: str) -> str:
    """Plan a maintenance that begins in an hour."""
    now = datetime.now(UTC)
    times = [(now + timedelta(hours=hours)).isoformat() for hours in (1, 2)]
    return server.open(
        status="scheduled",
        scheduled_for=times[0],
        scheduled_until=times[1],
        components=dict.fromkeys(affected, "under_maintenance"),
        component_ids=list(affected),
    )


def test_c0_8_an_incident_is_resolved_and_its_components_are_well(
    conan: Conan, server: RealServer, proxy: Proxy
) -> None:
    incident = server.open(SEARCH, CART)

    words = ("-e", "incident", "-c", SEARCH, CART, "-m", "All is well again.")
    conan.done("resolve_incident", "-ic", incident, *words)

    assert proxy.body() == {
        "status": "resolved",
        "impact_override": "none",
        "components": {SEARCH: "operational", CART: "operational"},
        "body": "All is well again.",
        "deliver_notifications": True,
    }


def test_c0_8_a_maintenance_is_completed(conan: Conan, server: RealServer, proxy: Proxy) -> None:
    maintenance = planned(server, API)

    ended = conan.done(
        "resolve_incident", "--incident", maintenance, "--event", "maintenance", "-f", "json"
    )

    assert ended.json["status"] == "completed"
    assert proxy.body()["status"] == "completed"
    assert server.status(API) == "operational"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("-e", "incident"), "Incident ID is required."),
        (("-ic", "abc123def456"), "Event type is required."),
    ],
)
def test_c0_8_the_incident_and_its_kind_are_required(
    conan: Conan, proxy: Proxy, words: tuple[str, ...], told: str
) -> None:
    outcome = conan("resolve_incident", *words)

    assert (outcome.code, proxy.requests) == (1, [])
    assert told in outcome.err


def test_c0_8_the_message_is_optional(conan: Conan, server: RealServer, proxy: Proxy) -> None:
    conan.done("resolve_incident", "-ic", server.open(SEARCH), "-e", "incident", "-c", SEARCH)

    assert "body" not in proxy.body()


def test_only_the_components_that_are_named_get_well(conan: Conan, server: RealServer) -> None:
    incident = server.open(SEARCH, CART)

    conan.done("resolve_incident", "-ic", incident, "-e", "incident", "-c", SEARCH)

    assert (server.status(SEARCH), server.status(CART)) == ("operational", "major_outage")


def test_w0_c_without_components_those_that_it_had_changed_get_well(
    conan: Conan, server: RealServer
) -> None:
    incident = server.open(SEARCH, CART)
    server.open(CART)

    conan.done("resolve_incident", "-ic", incident, "-e", "incident")

    # Another incident still needs the cart.
    assert (server.status(SEARCH), server.status(CART)) == ("operational", "major_outage")


@pytest.mark.parametrize("event", ["incident", "maintenance"])
def test_an_id_of_the_other_kind_is_told_before_anything_is_written(
    conan: Conan, server: RealServer, proxy: Proxy, event: str
) -> None:
    other = planned(server) if event == "incident" else server.open()

    outcome = conan("resolve_incident", "-ic", other, "-e", event)

    assert (outcome.code, proxy.writes) == (1, [])
    assert f"{other} is of the event type" in outcome.err


def test_w0_e_an_incident_that_is_not_there_is_told_so(conan: Conan) -> None:
    outcome = conan("resolve_incident", "-ic", "nothere00000", "-e", "incident")

    assert outcome.code == 1
    assert "There is no incident or maintenance nothere00000 on this page." in outcome.err
