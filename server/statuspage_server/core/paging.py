"""Which rows a page of a list holds. Sizes above the vendor's hundred are cut to it."""

from dataclasses import dataclass

LARGEST = 100

# No list is longer; a page beyond it is empty, and the number still fits every database.
_FAR = 10**9


@dataclass(frozen=True, slots=True)
class Slice:
    offset: int
    limit: int


def slice_of(page: int | None, size: int | None, *, first: int = 1) -> Slice:
    """Pages are counted from `first`: 1 nearly everywhere, 0 for subscribers."""
    limit = LARGEST if size is None else min(max(size, 1), LARGEST)
    number = 0 if page is None else max(page - first, 0)
    return Slice(min(number * limit, _FAR), limit)
