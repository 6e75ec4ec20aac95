"""What the server's access log tells."""

from resync.traffic import Traffic, traffic

LINE = '2026-01-01 12:00:00,{} INFO 127.0.0.1:5000 - "GET {} HTTP/1.1" {}'


def test_requests_of_the_manage_api_are_counted() -> None:
    found = traffic([LINE.format(100, "/v1/pages", 200), LINE.format(300, "/v1/pages/a/b", 200)])
    assert (found.requests, found.throttled) == (2, 0)


def test_the_public_api_has_no_quota() -> None:
    assert traffic([LINE.format(100, "/pages/a/api/v2/status.json", 200)]) == Traffic(0, 0, None)


def test_both_codes_for_too_many_count_as_throttled() -> None:
    lines = [LINE.format(100, "/v1/pages", status) for status in (420, 429, 200, 500)]
    assert traffic(lines).throttled == 2


def test_the_first_answer_is_the_earliest() -> None:
    lines = [LINE.format(milliseconds, "/v1/pages", 200) for milliseconds in (350, 100, 600)]
    first, second = traffic(lines).first_answer, traffic(lines[:1]).first_answer
    assert first is not None
    assert second is not None
    assert round(second - first, 3) == 0.25


def test_other_lines_are_nothing() -> None:
    assert traffic(["Running on http://127.0.0.1:1 (press CTRL+C to quit)", ""]).requests == 0
