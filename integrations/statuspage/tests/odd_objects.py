"""Objects as odd as those of real pages: numbers for texts, new statuses, keys that are missing.

Each begins as one of the examples under .port. What the integration rests on stays: the ids, and
that a list's items are objects or null.
"""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from .port_resources.shipped import examples

type Raw = dict[str, Any]

# Ids are checked where they come in; the keys with __ are made by the integration.
KEPT = {"id", "page_id", "incident_id", "group_id", "code"}
ABSENT = object()
TWEET = 1826384769184739327
ODD: tuple[Any, ...] = (
    *(None, ABSENT, "", " ", "made_up_value", True, False, 0, -1, 7.5, TWEET, [], {}, [None]),
    *(
        "2026-09-14",
        "2026-09-14T09:00:00",
        "2026-09-14T09:00:00.5+05:30",
        "2026-09-14T09:00:00-0800",
    ),
    *("nan", "null", "[3, 6]", ["a", 1], {"a": {"b": 1}}, "no address", "//example.com/a b"),
)
# As much as a body holds, with what breaks lines and quotes.
LONG = "ä\u2028\x00'\"" * 10_000


def each_field_odd(kind: str) -> Iterator[Raw]:
    """Yield as few objects as it takes for each field to have had each odd value."""
    raw = next(iter(examples(kind).values()))
    fields = sorted(key for key in raw if key not in KEPT and not key.startswith("__"))
    for turn in range(len(ODD)):
        odd = {key: ODD[(turn + place) % len(ODD)] for place, key in enumerate(fields)}
        yield _copy(raw, id=f"{turn:012d}", **odd)


def all_fields_odd(kind: str) -> st.SearchStrategy[Raw]:
    """Draw objects of which any field, at any depth, may be odd."""
    return st.sampled_from(list(examples(kind).values())).flatmap(_odd_object)


def _odd_object(raw: Raw) -> st.SearchStrategy[Raw]:
    fields = {key: _odd(key, value) for key, value in raw.items()}
    return st.fixed_dictionaries(fields).map(_copy)


def _odd(key: str, value: Any) -> st.SearchStrategy[Any]:
    if key in KEPT:
        return st.just(value) | (
            st.sampled_from([None, "", ABSENT]) if key == "group_id" else st.nothing()
        )
    if key.startswith("__"):
        return _added(value)
    odd = st.just(value) | st.sampled_from(ODD)
    if isinstance(value, list):
        items = [_odd_object(one) | st.none() for one in value if isinstance(one, dict)]
        return odd | st.tuples(*items).map(list)
    return odd


def _added(value: Any) -> st.SearchStrategy[Any]:
    """Draw what the integration itself puts in, from what it takes out of an answer."""
    texts = st.sampled_from([None, "", "made_up_value"])
    if not isinstance(value, dict):
        return st.just(value) | texts
    kept = {
        key: st.just(part) if key in KEPT else st.just(part) | texts for key, part in value.items()
    }
    return st.fixed_dictionaries(kept)


def _copy(raw: Raw, **changes: Any) -> Raw:
    whole = {key: value for key, value in {**raw, **changes}.items() if value is not ABSENT}
    copied: Raw = json.loads(json.dumps(whole))
    return copied
