"""`conan statuspage:create_incident`. C0.x and W0.x are the lines of what the original does."""

import pytest
from calling import Conan
from proxy import Proxy
from real_server import API, CART, PAGE, SEARCH, RealServer


def test_c0_1_each_option_has_its_field(conan: Conan, proxy: Proxy) -> None:
    conan.done(
        "create_incident",
        *("-t", "Critical server error", "-m", "Our builds are down right now."),
        *("-s", "investigating", "-i", "major", "-cs", "partial_outage", "-c", SEARCH),
    )

    (request,) = proxy.requests
    assert (request.method, request.path) == ("POST", f"/v1/pages/{PAGE}/incidents")
    assert request.body == {
        "name": "Critical server error",
        "body": "Our builds are down right now.",
        "status": "investigating",
        "impact_override": "major",
        "components": {SEARCH: "partial_outage"},
        "component_ids": [SEARCH],
        "deliver_notifications": True,
    }


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--status", ["investigating", "identified", "monitoring", "resolved"]),
        ("--impact", ["none", "maintenance", "minor", "major", "critical"]),
    ],
)
def test_c0_1_every_word_of_the_document_is_taken(
    conan: Conan, proxy: Proxy, option: str, words: list[str]
) -> None:
    for word in words:
        conan.done("create_incident", "--title", "Orders fail", option, word)

    field = {"--status": "status", "--impact": "impact_override"}[option]
    assert [request.body[field] for request in proxy.writes] == words


@pytest.mark.parametrize(
    "status",
    [
        "operational",
        "degraded_performance",
        "partial_outage",
        "major_outage",
        "under_maintenance",  # W0.f: the original does not know it
    ],
)
def test_c0_1_components_get_any_status(conan: Conan, server: RealServer, status: str) -> None:
    conan.done("create_incident", "-t", "Orders fail", "-cs", status, "-c", SEARCH)

    assert server.status(SEARCH) == status


def test_c0_2_all_components_get_the_status(conan: Conan, server: RealServer, proxy: Proxy) -> None:
    conan.done("create_incident", "-t", "Orders fail", "-cs", "partial_outage", "-c", SEARCH, CART)

    body = proxy.body()
    assert body["components"] == {SEARCH: "partial_outage", CART: "partial_outage"}
    assert body["component_ids"] == [SEARCH, CART]
    assert [server.status(one) for one in (SEARCH, CART, API)] == [
        "partial_outage",
        "partial_outage",
        "operational",
    ]


def test_c0_3_what_is_not_given_is_absent(conan: Conan, proxy: Proxy) -> None:
    conan.done("create_incident", "-t", "Orders fail")

    assert proxy.body() == {"name": "Orders fail", "deliver_notifications": True}


def test_w0_c_components_without_a_status_have_a_major_outage(
    conan: Conan, server: RealServer
) -> None:
    conan.done("create_incident", "-t", "Orders fail", "-c", SEARCH)

    assert server.status(SEARCH) == "major_outage"


def test_w0_c_a_status_without_components_opens_the_incident_and_is_told_to_change_nothing(
    conan: Conan, proxy: Proxy
) -> None:
    outcome = conan.done("create_incident", "-t", "Orders fail", "-cs", "major_outage")

    assert proxy.body() == {"name": "Orders fail", "deliver_notifications": True}
    assert "--component-status changes nothing" in outcome.err


def test_w0_f_a_message_may_have_several_lines(conan: Conan) -> None:
    opened = conan.done("create_incident", "-t", "A", "-m", "Line one.\nLine two.", "-f", "json")

    assert opened.json["incident_updates"][0]["body"] == "Line one.\nLine two."


def test_w0_f_a_message_can_come_from_standard_input(conan: Conan, proxy: Proxy) -> None:
    conan.done("create_incident", "-t", "A", "--message-file", "-", given="One.\nTwo.\n")

    assert proxy.body()["body"] == "One.\nTwo."


def test_w0_f_components_and_pages_have_names(conan: Conan, server: RealServer) -> None:
    words = ("-p", "Acme Cloud", "-t", "A", "-c", "Shop / Cart", "-c", "api")
    outcome = conan.bare("statuspage:create_incident", "-tk", server.key, *words)

    assert outcome.code == 0
    assert [server.status(one) for one in (SEARCH, CART, API)] == [
        "operational",
        "major_outage",
        "major_outage",
    ]


def test_w0_f_a_name_that_nothing_has_is_told_before_anything_is_written(
    conan: Conan, proxy: Proxy
) -> None:
    outcome = conan("create_incident", "-t", "A", "-c", "Serch")

    assert outcome.code == 1
    assert "No component is called 'Serch'. Perhaps: 'Shop / Search'" in outcome.err
    assert proxy.writes == []


def test_w0_f_subscribers_can_be_left_in_peace(conan: Conan, proxy: Proxy) -> None:
    conan.done("create_incident", "-t", "Orders fail", "--no-notify")

    assert proxy.body()["deliver_notifications"] is False


def test_w0_f_a_key_opens_one_incident_however_often_it_is_called(
    conan: Conan, server: RealServer
) -> None:
    first = conan.done("create_incident", "-t", "Orders fail", "--key", "orders-4711")
    again = conan.done("create_incident", "-t", "Orders fail", "--key", "orders-4711")

    assert first.out.startswith("Created incident:\n")
    assert again.out.startswith("An incident with this key is open already:\n")
    assert len(server.incidents()) == 1
