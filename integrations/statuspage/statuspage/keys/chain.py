"""The first place that holds a key decides. No I/O of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from statuspage.errors import NoKey


@dataclass(frozen=True, slots=True)
class Absent:
    """One place holds no key that can be used; `why` completes "the keyring: ..."."""

    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a key may be."""

    name: str
    read: Callable[[], str | Absent]


@dataclass(frozen=True, slots=True)
class Found:
    """A key, and the name of its place."""

    key: str = field(repr=False)
    place: str


def first_key(places: Iterable[Place]) -> Found:
    """Return the key of the first place that holds one; raise `NoKey` when none does."""
    tried = []
    for place in places:
        content = place.read()
        key = content if isinstance(content, Absent) else usable(content)
        if not isinstance(key, Absent):
            return Found(key, place.name)
        tried.append((place.name, key.why))
    raise NoKey(tried)


def usable(content: str) -> str | Absent:
    """Return the key that `content` consists of, as files and programs give it."""
    # Copied from the header of a request it has the word in front.
    key = content.strip().removeprefix("OAuth ").strip()
    if not key:
        return Absent("it is empty")
    if not key.isprintable() or any(character.isspace() for character in key):
        return Absent("it holds white space within, as no key does")
    return key
