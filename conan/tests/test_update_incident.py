"""`conan statuspage:update_incident`."""

from calling import Conan
from proxy import Proxy
from real_server import API, CART, PAGE, SEARCH, RealServer


def test_c0_7_only_what_is_given_is_sent(conan: Conan, server: RealServer, proxy: Proxy) -> None:
    incident = server.open()

    conan.done("update_incident", "-ic", incident, "-s", "identified", "-m", "We know why.")

    (request,) = proxy.requests
    assert (request.method, request.path) == ("PATCH", f"/v1/pages/{PAGE}/incidents/{incident}")
    assert request.body == {
        "status": "identified",
        "body": "We know why.",
        "deliver_notifications": True,
    }


def test_c0_7_each_option_has_its_field(conan: Conan, server: RealServer, proxy: Proxy) -> None:
    incident = server.open()

    words = ("-t", "Search fails", "-i", "minor", "-cs", "degraded_performance", "-c", SEARCH, CART)
    conan.done("update_incident", "--incident", incident, *words, "--no-notify")

    assert proxy.body() == {
        "name": "Search fails",
        "impact_override": "minor",
        "components": dict.fromkeys((SEARCH, CART), "degraded_performance"),
        "deliver_notifications": False,
    }


def test_c0_7_the_incident_is_required(conan: Conan, proxy: Proxy) -> None:
    outcome = conan("update_incident", "-m", "We know why.")

    assert (outcome.code, proxy.requests) == (1, [])
    assert "Incident ID is required." in outcome.err


def test_a_component_more_leaves_the_others_in_the_incident(
    conan: Conan, server: RealServer
) -> None:
    incident = server.open(SEARCH)

    updated = conan.done("update_incident", "-ic", incident, "-c", CART, "-f", "json")

    assert {row["id"] for row in updated.json["components"]} == {SEARCH, CART}


def test_w0_c_components_without_a_status_have_a_major_outage(
    conan: Conan, server: RealServer
) -> None:
    conan.done("update_incident", "-ic", server.open(), "-c", CART)

    assert server.status(CART) == "major_outage"


def test_w0_c_a_status_without_components_is_for_those_of_the_incident(
    conan: Conan, server: RealServer
) -> None:
    incident = server.open(SEARCH, API)

    conan.done("update_incident", "-ic", incident, "-cs", "degraded_performance")

    assert [server.status(one) for one in (SEARCH, CART, API)] == [
        "degraded_performance",
        "operational",
        "degraded_performance",
    ]


def test_w0_c_a_status_for_no_components_at_all_is_told_to_change_nothing(
    conan: Conan, server: RealServer
) -> None:
    incident = server.open()

    outcome = conan.done("update_incident", "-ic", incident, "-cs", "major_outage", "-m", "Hm.")

    assert "the incident has no components" in outcome.err


def test_a_change_of_nothing_is_refused_before_it_is_sent(
    conan: Conan, server: RealServer, proxy: Proxy
) -> None:
    outcome = conan("update_incident", "-ic", server.open())

    assert (outcome.code, proxy.writes) == (1, [])
    assert "say what is to be different" in outcome.err


def test_w0_e_an_incident_that_is_not_there_is_told_so(conan: Conan) -> None:
    for words in (("-m", "Hm."), ("-cs", "major_outage")):
        outcome = conan("update_incident", "-ic", "nothere00000", *words)
        assert outcome.code == 1
        assert "nothere00000" in outcome.err
