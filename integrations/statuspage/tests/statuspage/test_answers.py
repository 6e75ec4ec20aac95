"""What an HTTP answer means."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.answers import as_object, as_objects, decode, reason, retry_after
from statuspage.errors import (
    AccessDenied,
    KeyRejected,
    NotFound,
    Redirected,
    Refused,
    RequestError,
    ServerFailed,
    Throttled,
    UnusableAnswer,
)

TOKEN = "0123456789abcdef" * 4
NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)

SCALARS = st.none() | st.booleans() | st.integers() | st.text()
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5
)


def decoded(status: int = 200, body: bytes = b"", **headers: str) -> Any:
    return decode("GET /v1/pages", status, httpx.Headers(headers), body, now=NOW)


def waits(value: str, *, date: str = "") -> float | None:
    headers = httpx.Headers({"Retry-After": value})
    if date:
        headers["Date"] = date
    return retry_after(headers, now=NOW)


@given(st.lists(JSON, max_size=5))
def test_a_good_answer_is_returned_as_it_came(content: list[Any]) -> None:
    assert decoded(200, json.dumps(content).encode()) == content


@pytest.mark.parametrize(("status", "body"), [(204, b""), (200, b""), (200, b" \n"), (204, b"?")])
def test_an_answer_without_content_is_none(status: int, body: bytes) -> None:
    assert decoded(status, body) is None


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Bad gateway</html>",
        b'[{"id": "abc"',
        b'[{"id": "abc", "name": "caf\xc3',
        b"\xff\xfe\xff",
        b"[" * 200_000,
    ],
    ids=["html", "cut short", "cut in a letter", "binary", "endlessly nested"],
)
def test_a_body_that_is_not_json_cannot_be_used(body: bytes) -> None:
    with pytest.raises(UnusableAnswer, match="it is not JSON"):
        decoded(200, body)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("Not allowed", "it says Not allowed."),
        (["Not allowed", "Not now"], "it says Not allowed, Not now."),
        ({"page": ["Not allowed"]}, "it says page: Not allowed."),
        (None, "it says that there was an error."),
        (17, "it says that there was an error."),
    ],
)
def test_an_error_in_a_good_answer_is_an_error(error: Any, told: str) -> None:
    with pytest.raises(UnusableAnswer) as caught:
        decoded(200, json.dumps({"error": error}).encode())

    assert str(caught.value).endswith(told)


def test_an_object_may_have_a_field_named_error() -> None:
    assert decoded(200, b'{"id": "abc", "error": "x"}') == {"id": "abc", "error": "x"}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, Redirected),
        (304, Redirected),
        (400, Refused),
        (401, KeyRejected),
        (403, AccessDenied),
        (404, NotFound),
        (420, Throttled),
        (422, Refused),
        (429, Throttled),
        (500, ServerFailed),
        (503, ServerFailed),
        (599, ServerFailed),
    ],
)
def test_every_other_status_is_one_error(status: int, kind: type[RequestError]) -> None:
    with pytest.raises(RequestError) as caught:
        decoded(status, b"<html>")

    assert type(caught.value) is kind


@given(st.integers(200, 599), st.binary() | JSON.map(lambda content: json.dumps(content).encode()))
def test_whatever_comes_is_content_or_one_typed_error(status: int, body: bytes) -> None:
    try:
        decoded(status, body)
    except RequestError as error:
        assert str(error).endswith(".")  # noqa: PT017 (no error is fine too)
    else:
        assert 200 <= status < 300


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"error": "Could not authenticate"}, "Could not authenticate"),
        ({"error": ["Name is too long", "Body is empty"]}, "Name is too long, Body is empty"),
        ({"error": {"name": ["is too long"], "body": []}}, "name: is too long"),
        ({"error": {"message": "no"}}, "message: no"),
        ({"message": "Not found"}, "Not found"),
        ({"errors": ["a", "b"]}, "a, b"),
        ({"error": "", "message": "Not found"}, "Not found"),
        (["a", {"b": "c"}], "a, b: c"),
        ("a text", "a text"),
        ("two\n\tlines", "two lines"),
        ({"error": None}, ""),
        (17, ""),
        (None, ""),
    ],
)
def test_the_reason_is_found_wherever_the_vendor_puts_it(content: Any, words: str) -> None:
    assert reason(json.dumps(content).encode()) == words


@pytest.mark.parametrize("body", [b"<html>", b"", b"\xff", b"[" * 200_000])
def test_a_body_that_is_not_json_gives_no_reason(body: bytes) -> None:
    assert reason(body) == ""


@pytest.mark.parametrize(
    "said",
    [
        f"Endpoint https://hooks.example.com/integration/webhook?token={TOKEN} is taken",
        f"Endpoint https://hooks.example.com/hook?a=b&token={TOKEN.upper()} is taken",
        f"Endpoint https%3A%2F%2Fhooks.example.com%2Fhook%3Ftoken%3D{TOKEN} is taken",
        f"token={TOKEN} is taken",
        {"endpoint": [f"https://hooks.example.com/?{TOKEN[:20]}", "is taken"]},
    ],
    ids=str,
)
def test_a_reason_tells_nothing_of_what_an_endpoint_carries(said: Any) -> None:
    told = reason(json.dumps({"error": said}).encode())

    assert TOKEN[:20] not in told.lower()
    assert "is taken" in told


def test_a_huge_reason_is_searched_at_its_beginning_alone() -> None:
    assert len(reason(json.dumps({"error": "https" * 400_000}).encode())) == 200


def test_a_reason_may_ask_a_question_about_an_address() -> None:
    said = "Is this right? https://hooks.example.com/hook cannot be reached"

    assert reason(json.dumps({"error": said}).encode()) == said


@pytest.mark.parametrize("length", [199, 200, 201, 5000])
def test_a_reason_is_never_longer_than_200_letters(length: int) -> None:
    words = reason(json.dumps("x" * length).encode())

    assert words == ("x" * length if length <= 200 else "x" * 199 + "…")


@pytest.mark.parametrize("depth", [10, 400, 900])
def test_a_deeply_nested_error_is_the_error_of_its_status(depth: int) -> None:
    body = b'{"error": ' + b"[" * depth + b'"no"' + b"]" * depth + b"}"

    with pytest.raises(KeyRejected):
        decoded(401, body)


@pytest.mark.parametrize(
    ("value", "seconds"), [("60", 60.0), (" 7 ", 7.0), ("0", 0.0), ("1.5", 1.5)]
)
def test_retry_after_may_be_a_number_of_seconds(value: str, seconds: float) -> None:
    assert waits(value) == seconds


def test_retry_after_may_be_an_http_date() -> None:
    assert waits("Mon, 14 Sep 2026 09:01:30 GMT") == 90.0


def test_a_date_is_measured_on_the_server_s_own_clock() -> None:
    ten_minutes_fast = "Mon, 14 Sep 2026 09:10:00 GMT"

    assert waits("Mon, 14 Sep 2026 09:10:30 GMT", date=ten_minutes_fast) == 30.0


def test_an_unreadable_date_of_the_server_is_replaced_by_our_own() -> None:
    assert waits("Mon, 14 Sep 2026 09:00:30 GMT", date="today") == 30.0


@pytest.mark.parametrize("zone", ["-0000", "GMT", "UTC", "+0000"])
def test_a_date_without_a_zone_is_meant_in_utc(zone: str) -> None:
    assert (
        waits(f"Mon, 14 Sep 2026 09:00:30 {zone}", date=f"Mon, 14 Sep 2026 09:00:10 {zone}") == 20
    )


def test_a_date_that_is_past_means_now() -> None:
    assert waits("Mon, 14 Sep 2026 08:00:00 GMT") == 0.0


@pytest.mark.parametrize("value", ["", "soon", "-5", "1e3", "1.2.3", "²", "٣", "60, 60"])
def test_an_unreadable_retry_after_asks_for_nothing(value: str) -> None:
    headers = {"retry-after": value}

    assert retry_after(headers, now=NOW) is None


@pytest.mark.parametrize(
    "absurd",
    ["Wed, 21 Oct 99999999999999999999 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:00 +99999999999999"],
)
@pytest.mark.parametrize("header", ["Retry-After", "Date"])
def test_an_absurd_date_is_only_unreadable(header: str, absurd: str) -> None:
    headers = {"Retry-After": "Mon, 14 Sep 2026 09:00:30 GMT", header: absurd}

    with pytest.raises(Throttled) as caught:
        decoded(429, b"", **headers)

    assert caught.value.retry_after == (30.0 if header == "Date" else None)


@given(st.text(), st.text())
def test_no_header_can_ask_for_a_negative_wait(value: str, date: str) -> None:
    wait = retry_after({"retry-after": value, "date": date}, now=NOW)

    assert wait is None or wait >= 0


@pytest.mark.parametrize("status", [420, 429, 500, 503])
def test_a_refusal_for_now_tells_when_to_come_back(status: int) -> None:
    with pytest.raises(RequestError) as caught:
        decoded(status, b"", **{"Retry-After": "12"})

    assert isinstance(caught.value, Throttled | ServerFailed)
    assert caught.value.retry_after == 12.0


def test_an_object_with_an_id_is_taken() -> None:
    assert as_object("GET /", {"id": "abc", "more": 1}) == {"id": "abc", "more": 1}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (None, "nothing"),
        ([], "a list"),
        ("x", "a text"),
        (True, "a boolean"),
        (1, "a number"),
        (1.5, "a number"),
    ],
)
def test_anything_else_is_no_object(content: Any, kind: str) -> None:
    with pytest.raises(UnusableAnswer, match=f"an object was expected, not {kind}"):
        as_object("GET /", content)


@pytest.mark.parametrize("content", [{}, {"id": None}, {"id": 7}])
def test_an_object_needs_an_id(content: Any) -> None:
    with pytest.raises(UnusableAnswer, match="the object has no id"):
        as_object("GET /", content)


@pytest.mark.parametrize(("content", "kind"), [(None, "nothing"), ({"id": "a"}, "an object")])
def test_anything_but_a_list_is_no_list(content: Any, kind: str) -> None:
    with pytest.raises(UnusableAnswer, match=f"a list was expected, not {kind}"):
        as_objects("GET /", content)


@pytest.mark.parametrize("wrong", [None, "abc", {}, ["abc"]])
def test_one_wrong_item_makes_the_list_unusable(wrong: Any) -> None:
    with pytest.raises(UnusableAnswer):
        as_objects("GET /", [{"id": "abc"}, wrong])
