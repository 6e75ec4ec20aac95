"""`Spool`: what is put aside comes back as it was."""

import gc
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resync.spool import Spool

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
BATCHES = st.lists(st.lists(st.dictionaries(st.text(), JSON, max_size=4), max_size=4), max_size=6)


@given(batches=BATCHES, data=st.data())
def test_every_batch_comes_back_as_it_was_in_any_order(
    batches: list[list[dict[str, object]]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(batches))))

    with closing(Spool()) as spool:
        places = [spool.write(batch) for batch in batches]
        assert [spool.read(places[n]) for n in order] == [batches[n] for n in order]


def test_reading_between_writes_harms_neither() -> None:
    spool = Spool()
    first = spool.write([{"id": "a" * 1000}])
    spool.read(first)
    second = spool.write([{"id": "b"}])

    assert spool.read(first) == [{"id": "a" * 1000}]
    assert spool.read(second) == [{"id": "b"}]
    spool.close()


def test_each_reader_gets_objects_of_its_own() -> None:
    spool = Spool()
    place = spool.write([{"id": "a"}])
    spool.read(place)[0]["id"] = "changed"

    assert spool.read(place) == [{"id": "a"}]
    spool.close()


def test_nothing_is_left_in_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    spool = Spool()
    spool.write([{"id": "a"}])

    assert list(tmp_path.iterdir()) == []
    spool.close()


def test_closing_twice_does_no_harm() -> None:
    spool = Spool()
    spool.close()
    spool.close()
    del spool

    # A file that is still open warns when it is collected, and warnings are errors here.
    gc.collect()
