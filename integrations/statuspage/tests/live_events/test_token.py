"""A token fits one secret and one page, and nothing that a stranger sends does harm."""

from hypothesis import assume, given
from hypothesis import strategies as st

from live_events.token import is_token, token

ANY_TEXT = st.text(st.characters(), max_size=80)
SECRET = "made-up-webhook-secret"


def test_a_token_is_an_hmac_in_hexadecimal() -> None:
    # From `printf r4k9wz2mq7xd | openssl dgst -sha256 -hmac made-up-webhook-secret`.
    assert token(SECRET, "r4k9wz2mq7xd") == (
        "14655faa744afd805001c090b9a22a9b4a2fba23bd27960cf25d95dfc45ab3ad"
    )


@given(secret=ANY_TEXT, page=ANY_TEXT)
def test_a_page_s_token_is_accepted(secret: str, page: str) -> None:
    assert is_token(secret, page, token(secret, page))


@given(page=ANY_TEXT, other=ANY_TEXT)
def test_a_token_fits_no_other_page(page: str, other: str) -> None:
    assume(page != other)

    assert not is_token(SECRET, page, token(SECRET, other))


@given(other=ANY_TEXT)
def test_a_token_fits_no_other_secret(other: str) -> None:
    # A key of an HMAC is filled up with zeros, so those at its end do not count.
    assume(other.rstrip("\0") != SECRET)

    assert not is_token(SECRET, "page", token(other, "page"))


@given(given_text=ANY_TEXT)
def test_whatever_else_a_stranger_sends_is_refused(given_text: str) -> None:
    assume(given_text != token(SECRET, "page"))

    assert not is_token(SECRET, "page", given_text)
