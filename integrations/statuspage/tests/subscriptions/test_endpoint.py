"""An endpoint proves one page of one installation, and nothing that a stranger sends does harm."""

from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from subscriptions.endpoint import Installation, mark_of, proven_page, token

from .installations import BASE, FORMER_CREDENTIALS, FORMER_SECRET, OURS, SECRET, STAGING

PAGE = "r4k9wz2mq7xd"
RIGHT = token(SECRET, PAGE)

ANY_TEXT = st.text(max_size=80)
PAGES = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=20)


def query_of(endpoint: str) -> bytes:
    return urlsplit(endpoint).query.encode()


def test_a_token_is_an_hmac_of_the_label_and_the_page_in_hexadecimal() -> None:
    # printf 'statuspage webhook\nr4k9wz2mq7xd' | openssl dgst -sha256 -hmac made-up-port-secret
    assert RIGHT == ("4e6e317db795e27a297d61846f30ad619328f38a99329ba9ee600064894f174c")


@given(secret=ANY_TEXT, page=ANY_TEXT)
def test_an_endpoint_proves_its_page(secret: str, page: str) -> None:
    endpoint = Installation(OURS.mark, BASE, secret).endpoint(page)

    assert proven_page(secret, query_of(endpoint)) == page


@given(page=ANY_TEXT, other=ANY_TEXT)
def test_a_token_fits_no_other_page(page: str, other: str) -> None:
    assume(page != other)
    query = urlencode({"page": page, "token": token(SECRET, other)})

    assert proven_page(SECRET, query.encode()) is None


@given(other=ANY_TEXT)
def test_a_token_fits_no_other_secret(other: str) -> None:
    # A key of an HMAC is filled up with zeros, so those at its end do not count.
    assume(other.rstrip("\0") != SECRET)

    assert (
        proven_page(SECRET, query_of(Installation(OURS.mark, BASE, other).endpoint(PAGE))) is None
    )


PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [b"&", b"=", b";", b"%", b"%ff", b"%ed%b2%80", b"+", b"\xff", b"\xc3", b"#", b"page="]
    ),
    st.sampled_from([b"token=", PAGE.encode(), RIGHT[:-1].encode(), RIGHT.upper().encode()]),
)


@given(st.lists(PIECES, max_size=60).map(b"".join))
def test_whatever_a_stranger_sends_proves_nothing(query: bytes) -> None:
    assert proven_page(SECRET, query) is None


@pytest.mark.parametrize(
    "query",
    [
        f"page={PAGE}",
        f"token={RIGHT}",
        f"page={PAGE}&token=",
        f"page={PAGE}&token={RIGHT}&token={RIGHT}",
        f"page={PAGE}&token={RIGHT}&token=",
        f"page={PAGE}&page={PAGE}&token={RIGHT}",
        f"page=&page={PAGE}&token={RIGHT}",
        f"page={PAGE}&token={RIGHT}%ff",
        f"page={PAGE}&token={RIGHT}\xff",
        f"page={PAGE}&token={RIGHT}%ED%B2%80",
        f"page={PAGE}\xff&token={RIGHT}",
        f"page={PAGE}&token={RIGHT.upper()}",
        f"PAGE={PAGE}&TOKEN={RIGHT}",
        f"page={PAGE}&token={RIGHT}{'&x=1' * 1000}",
    ],
)
def test_the_right_token_in_a_query_that_is_not_ours_proves_nothing(query: str) -> None:
    assert proven_page(SECRET, query.encode("latin-1")) is None


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=5))
def test_a_query_proves_its_page_whatever_a_proxy_adds(added: list[tuple[str, str]]) -> None:
    assume({"page", "token"}.isdisjoint(name for name, _ in added))
    query = urlencode([*added, ("token", RIGHT), ("page", PAGE)])

    assert proven_page(SECRET, query.encode()) == PAGE


def test_an_endpoint_carries_the_mark_the_page_and_its_token() -> None:
    assert OURS.endpoint(PAGE) == (
        f"{BASE}/integration/webhook?integration={OURS.mark}&page={PAGE}&token={RIGHT}"
    )


def test_a_slash_behind_the_base_url_makes_no_other_endpoint() -> None:
    assert Installation(OURS.mark, f"{BASE}/", SECRET).endpoint(PAGE) == OURS.endpoint(PAGE)


@pytest.mark.parametrize(
    ("client_id", "identifier"),
    [("client", "staging"), ("other", "my-statuspage"), ("clien", "tmy-statuspage")],
)
def test_a_mark_is_that_of_one_installation_of_one_organization(
    client_id: str, identifier: str
) -> None:
    assert mark_of(client_id, identifier) != OURS.mark


@given(PAGES, PAGES)
def test_an_endpoint_is_wanted_on_its_own_page_alone(page: str, other: str) -> None:
    assert OURS.wants(page, OURS.endpoint(page))
    assert OURS.wants(page, OURS.endpoint(other)) == (page == other)


@pytest.mark.parametrize(
    "written",
    [
        f" {OURS.endpoint(PAGE)}\n",
        OURS.endpoint(PAGE).replace("/webhook?", "/webhook/?"),
        OURS.endpoint(PAGE).replace("https://ocean.example.com", "HTTPS://Ocean.Example.COM:443"),
        OURS.endpoint(PAGE).replace("integration=", "%69ntegration="),
        OURS.endpoint(PAGE).replace("/statuspage/", "/st%61tuspage/"),
        f"{BASE}/integration/webhook?token={RIGHT}&page={PAGE}&integration={OURS.mark}",
    ],
)
def test_an_endpoint_is_wanted_however_it_is_written(written: str) -> None:
    assert OURS.wants(PAGE, written)


def test_a_host_in_letters_of_its_own_is_wanted_in_either_spelling() -> None:
    installation = Installation(OURS.mark, "https://bücher.example.com", SECRET)
    spelled = installation.endpoint(PAGE).replace("bücher", "xn--bcher-kva")

    assert installation.wants(PAGE, spelled)


@pytest.mark.parametrize("former", [FORMER_SECRET, FORMER_CREDENTIALS])
def test_what_other_port_credentials_made_at_our_address_is_ours_and_not_wanted(
    former: Installation,
) -> None:
    endpoint = former.endpoint(PAGE)

    assert OURS.made(endpoint)
    assert not OURS.wants(PAGE, endpoint)


@given(PAGES)
def test_without_an_address_our_mark_alone_tells_what_is_ours(page: str) -> None:
    nowhere = Installation(OURS.mark, None, SECRET)

    assert nowhere.made(OURS.endpoint(page))
    assert not nowhere.wants(page, OURS.endpoint(page))
    assert not nowhere.made(FORMER_CREDENTIALS.endpoint(page))
    assert not nowhere.made(STAGING.endpoint(page))


@given(ANY_TEXT | st.text(st.characters(codec=None)))
def test_an_endpoint_that_cannot_be_read_is_not_ours(endpoint: str) -> None:
    assert not OURS.made(endpoint)
    assert not OURS.wants(PAGE, endpoint)


def test_no_output_shows_an_installation_s_secret() -> None:
    assert SECRET not in f"{OURS!r} {OURS}"
