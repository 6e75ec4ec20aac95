"""What goes wrong on the way, and what the user reads of it."""

import ssl
from collections.abc import Iterator

import pytest
import trustme
from calling import Conan
from proxy import Answer, Proxy, proxied
from real_server import PAGE, RealServer


def test_w0_e_a_refusal_has_the_words_of_the_api(conan: Conan, server: RealServer) -> None:
    outcome = conan("update_incident", "-ic", server.open(), "-c", "c9nothere000")

    assert outcome.code == 1
    assert "with 422 (" in outcome.err
    assert "c9nothere000" in outcome.err
    assert "Traceback" not in outcome.err


def test_w0_e_a_token_that_is_refused_is_told_so_and_not_repeated(conan: Conan) -> None:
    words = ("-tk", "made-up-token", "-p", PAGE, "-t", "A")
    outcome = conan.bare("statuspage:create_incident", *words)

    assert outcome.code == 1
    assert "the API token is not valid" in outcome.err
    assert "made-up-token" not in outcome.err


def test_w0_e_a_spent_quota_is_waited_for(conan: Conan, server: RealServer, proxy: Proxy) -> None:
    proxy.failures.append(Answer(420, headers=(("retry-after", "0"),)))

    outcome = conan.done("create_incident", "-t", "Orders fail", "-f", "json")

    assert "Trying again" in outcome.err
    assert [one["id"] for one in server.incidents()] == [outcome.json["id"]]


@pytest.mark.parametrize(
    "trouble",
    [Answer(500), Answer(500, carry_out=True), Answer(None, carry_out=True)],
    ids=["500 before", "500 after", "broken connection after"],
)
def test_w0_e_trouble_before_or_after_the_effect_never_opens_a_second_incident(
    conan: Conan, server: RealServer, proxy: Proxy, trouble: Answer
) -> None:
    proxy.failures.append(trouble)

    conan.done("create_incident", "-t", "Orders fail", "--key", "orders-4711")

    assert len(server.incidents()) == 1


def test_w0_e_without_a_key_a_request_that_may_have_worked_is_not_sent_again(
    conan: Conan, server: RealServer, proxy: Proxy
) -> None:
    proxy.failures.append(Answer(500, '{"error": "out of order"}', carry_out=True))

    outcome = conan("create_incident", "-t", "Orders fail")

    assert outcome.code == 1
    assert "with 500 (out of order)" in outcome.err
    assert len(server.incidents()) == 1


def test_what_the_library_calls_otherwise_has_the_name_of_its_option(
    conan: Conan, proxy: Proxy
) -> None:
    outcome = conan("create_incident", "-t", "x" * 256)

    assert (outcome.code, proxy.requests) == (1, [])
    assert "--title has more than 255 characters." in outcome.err


@pytest.fixture
def unknown_authority(server: RealServer) -> Iterator[Proxy]:
    """A way to the server with a certificate that nobody knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with proxied(server.address, context) as proxy:
        yield proxy


def test_c0_10_a_certificate_is_checked_unless_that_call_says_otherwise(
    conan: Conan, unknown_authority: Proxy
) -> None:
    words = ("create_incident", "-t", "A", "--host", unknown_authority.address, "--retries", "0")

    outcomes = [conan(*words), conan(*words, "--ignore-ssl"), conan(*words)]

    assert [outcome.code for outcome in outcomes] == [1, 0, 1]
    assert "CERTIFICATE_VERIFY_FAILED" in outcomes[0].err
    assert "The server's certificate is not checked." in outcomes[1].err
    assert len(unknown_authority.requests) == 1
