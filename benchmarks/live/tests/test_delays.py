"""What is made of the moments that were measured."""

import pytest

from live.delays import Delay, Refetch, health_row, percentile, refetch_of, row


def test_a_log_line_tells_when_the_object_was_read_and_when_port_had_it() -> None:
    line = "Live event on A (b): 1 group; 1 request, read after 0.16 s, in the catalog after 0.40 s"
    assert refetch_of(line) == Refetch(0.16, 0.40)


def test_other_lines_are_none() -> None:
    assert refetch_of("Found 3 entities to upsert") is None


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (1.0, 100)])
def test_a_percentile_is_a_value_that_was_measured(share: float, value: int) -> None:
    assert percentile(range(1, 101), share) == value


def test_the_latency_of_statuspage_is_not_counted_as_ours() -> None:
    line = row("quiet", [Delay(0.50, Refetch(0.17, 0.42))], latency=0.15)
    assert line.split()[-8:] == ["0.08", "s", "0.15", "s", "0.02", "s", "0.25", "s"]


def test_answers_about_health_are_told_in_milliseconds() -> None:
    line = health_row([0.002] * 98 + [0.034, 0.054])
    assert line.split()[-7:] == ["100", "2", "ms", "34", "ms", "54", "ms"]
