"""How often Python looks for garbage, and in what."""

import gc
from collections.abc import Iterator

import pytest

from loading.collecting import YOUNG, begin_start, end_start, seldom_collected


@pytest.fixture(autouse=True)
def usual() -> Iterator[tuple[int, int, int]]:
    """What Python does by itself, and does again behind the test."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield (700, 10, 10)
    gc.unfreeze()
    gc.set_threshold(*before)


def test_the_start_is_not_looked_through_while_it_runs_nor_ever_after() -> None:
    before = gc.get_threshold()
    begin_start()
    assert gc.get_threshold()[0] == YOUNG

    made = [[number] for number in range(1000)]
    end_start()

    assert gc.get_freeze_count() >= len(made)
    assert gc.get_threshold()[1:] == before[1:]
    assert gc.get_threshold()[0] < YOUNG


def test_a_resync_is_looked_through_seldom_until_its_end(usual: tuple[int, int, int]) -> None:
    with seldom_collected():
        inside = gc.get_threshold()

    assert inside == (YOUNG, *usual[1:])
    assert gc.get_threshold() == usual
