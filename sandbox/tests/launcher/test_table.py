"""The table of `make run ONCE=1`."""

from io import StringIO

from rich.console import Console

from launcher.resync import Kind, Resync, resync
from launcher.table import notes, table
from tests.launcher.recorded import recorded


def drawn(found: Resync) -> list[list[str]]:
    """Return the cells of the table as they are printed."""
    console = Console(file=StringIO(), width=100)
    console.print(table(found))
    assert isinstance(console.file, StringIO)
    return [line.split() for line in console.file.getvalue().splitlines()]


def test_it_has_a_row_for_each_kind_and_one_for_all() -> None:
    header, *rows = drawn(resync(*recorded("good")))
    assert header == ["kind", "fetched", "upserted", "refused", "deleted", "requests", "seconds"]
    assert [row[:3] for row in rows] == [
        ["statuspage", "2", "2"],
        ["component_group", "1", "1"],
        ["component", "6", "5"],
        ["incident", "3", "3"],
        ["incident_update", "11", "0"],
        ["total", "23", "11"],
    ]
    assert rows[-1] == ["total", "23", "11", "0", "0", "7", "0.8"]


def test_a_kind_that_failed_says_so() -> None:
    rows = drawn(resync(*recorded("wrong_key")))
    assert rows[1][:2] == ["statuspage", "(failed)"]


def test_what_port_refused_stands_in_its_kind_and_in_the_total() -> None:
    kinds = [
        Kind("component", "completed", 5, 3, 0, 2, 0.1),
        Kind("incident", "completed", 9, 8, 0, 1, 0.1),
    ]
    _, *rows = drawn(Resync(kinds, [1, 1], 0, "completed", 1.0))
    assert [row[:4] for row in rows] == [
        ["component", "5", "3", "2"],
        ["incident", "9", "8", "1"],
        ["total", "14", "11", "3"],
    ]


def test_what_was_not_sent_again_is_told_below() -> None:
    assert notes(resync(*recorded("good"))) == [
        "11 entities had not changed and were not sent again."
    ]
    assert notes(Resync([Kind("incident", "completed", 1, 1, 0, 0, 0)], [1], 0, "", 1)) == []
