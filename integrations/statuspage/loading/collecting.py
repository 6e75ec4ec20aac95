"""How often Python looks for garbage, and in what."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# A batch makes tens of thousands of objects that all go at its end without being looked for.
# Python's own 700 has it look at them again and again meanwhile.
YOUNG = 100_000
_USUAL = gc.get_threshold()


def begin_start() -> None:
    """Look for garbage seldom from here on: what the start makes stays."""
    gc.set_threshold(YOUNG, *_USUAL[1:])


def end_start() -> None:
    """Look as usual again, and never through all that the start has made."""
    gc.freeze()
    gc.set_threshold(*_USUAL)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage seldom inside."""
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
