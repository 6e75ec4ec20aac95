"""How often Python looks for garbage while a resync runs."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# A batch makes tens of thousands of objects that all go at its end without being looked for.
# Python's own 700 has it look at them again and again meanwhile.
YOUNG = 100_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage seldom inside."""
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
