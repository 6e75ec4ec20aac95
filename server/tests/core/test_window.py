"""The rolling window: the proof that no 60 seconds hold more than the limit."""

from hypothesis import given
from hypothesis import strategies as st

from statuspage_server.core.window import MANY, WINDOW_SECONDS, RollingWindow, RollingWindows


@given(st.lists(st.floats(0, 30), max_size=200), st.integers(1, 10))
def test_never_more_than_the_limit_in_any_window(pauses: list[float], limit: int) -> None:
    window = RollingWindow()
    now, passed = 0.0, []
    for pause in pauses:
        now += pause
        if window.wait(now, limit) == 0:
            passed.append(now)
    for start in passed:
        assert sum(start <= at < start + WINDOW_SECONDS for at in passed) <= limit


def test_whoever_waits_as_told_passes() -> None:
    window = RollingWindow()
    assert [window.wait(at, 2) for at in (0.0, 10.0)] == [0, 0]
    seconds = window.wait(20.5, 2)
    assert seconds == 40
    assert window.wait(20.5 + seconds, 2) == 0


def test_refusals_do_not_prolong_the_wait() -> None:
    window = RollingWindow()
    window.wait(0, 1)
    assert [window.wait(at, 1) for at in (1.0, 59.0)] == [59, 1]
    assert window.wait(60.0, 1) == 0


def test_a_lowered_limit_holds_for_what_has_passed() -> None:
    window = RollingWindow()
    for at in (0.0, 1.0, 2.0):
        window.wait(at, 3)
    assert window.wait(3.0, 1) == 59


def test_an_idle_window_can_be_forgotten() -> None:
    window = RollingWindow()
    window.wait(0, 1)
    window.forget(60.0)
    assert window.is_idle


def test_each_key_has_a_window_of_its_own() -> None:
    windows = RollingWindows()
    assert [windows.wait(key, 0, 1) for key in ("a", "b", "a")] == [0, 0, 60]
    assert [windows.left(key, 1, 1) for key in ("a", "c")] == [59, 0]


def test_keys_that_were_not_seen_lately_are_forgotten_when_there_are_many() -> None:
    windows = RollingWindows()
    for number in range(MANY + 100):
        windows.wait(str(number), float(number), 1)
    assert len(windows) <= MANY
    assert windows.left(str(MANY + 99), MANY + 99, 1) == 60
