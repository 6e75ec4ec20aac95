"""What is printed, and what makes a measurement fail."""

from dataclasses import replace

import pytest
from launcher.resync import Resync

from resync.bounds import Bounds
from resync.catalog import writes
from resync.passes import Pair, Pass
from resync.report import document, faults, first_table, later_table, stock_table
from resync.rows import Row
from resync.runs import Run
from resync.traffic import Traffic
from resync.workloads import ALL

RUN = Run(
    1000.0,
    1234.5,
    1234.5,
    150 * 1024 * 1024,
    Resync([], [], 0, "completed", 1234.5),
    [(1003.8, 1.4), (1003.9, 1.5), (1004.0, 1.6)],
)
PASS = Pass(RUN, Traffic(201, 0, 1004.0), 12345, 12345)
QUICK = replace(PASS, run=replace(RUN, processor=123.4))
ROW = Row(
    workload=ALL[-2],
    entities=123456,
    least=201,
    bounds=Bounds(10.0, 1234.5, 20.0),
    alone=RUN,
    ours=Pair(QUICK, QUICK),
    stock=Pair(PASS, PASS),
    first=PASS,
    first_entity=1005.5,
    unchanged=PASS,
    incremental=PASS,
)


def test_the_tables_fit_a_terminal() -> None:
    for table in (first_table([ROW]), later_table([ROW]), stock_table([ROW])):
        assert all(len(line) < 120 for line in table.splitlines())


def test_a_row_shows_requests_bound_ratio_and_the_first_entity_from_start_and_answer() -> None:
    line = first_table([ROW]).splitlines()[1]
    for shown in ("201/201", "quota 1234.5 s", "1.00", "150 MB", "5.5 s 1.5 s"):
        assert shown in line


def test_memory_that_could_not_be_read_is_unknown() -> None:
    first = replace(PASS, run=replace(RUN, memory=0))
    assert "unknown" in first_table([replace(ROW, first=first)])


def test_a_row_that_is_as_it_must_be_has_no_fault() -> None:
    assert faults(ROW) == []


@pytest.mark.parametrize("which", ["first", "unchanged"])
@pytest.mark.parametrize("traffic", [Traffic(202, 0, 1.0), Traffic(200, 0, 1.0)])
def test_requests_other_than_the_least_are_a_fault(which: str, traffic: Traffic) -> None:
    changed = replace(PASS, traffic=traffic)
    row = replace(ROW, first=changed) if which == "first" else replace(ROW, unchanged=changed)
    assert len(faults(row)) == 1


def test_a_throttled_answer_is_a_fault() -> None:
    assert faults(replace(ROW, first=replace(PASS, traffic=Traffic(201, 1, 1.0))))


def test_what_stock_ocean_takes_stands_beside_ours_with_our_share() -> None:
    line = stock_table([ROW]).splitlines()[1]
    for shown in ("1234.5 s", "123.4 s", "1.00", "0.10"):
        assert shown in line


def test_the_start_is_what_had_been_used_when_the_first_request_went_out() -> None:
    assert PASS.start == 1.5


def test_a_gain_on_stock_ocean_that_is_lost_is_a_fault() -> None:
    assert faults(replace(ROW, ours=ROW.stock))


def test_a_start_that_is_most_of_it_hides_no_gain() -> None:
    stock = replace(PASS, run=replace(RUN, processor=2.6))
    ours = replace(PASS, run=replace(RUN, processor=2.0))
    assert faults(replace(ROW, ours=Pair(ours, ours), stock=Pair(stock, stock))) == []


def test_programs_get_the_bound_and_the_ratio_too() -> None:
    [row] = document([ROW], cores=2)["rows"]
    assert (row["bound"], row["ratio"]) == ("quota", 1.0)


def test_writes_are_upserts_and_deletions_but_no_searches() -> None:
    asked = {
        "POST /v1/blueprints/a/entities/bulk": 2,
        "POST /v1/blueprints/a/entities": 3,
        "POST /v1/blueprints/a/bulk/entities/delete": 4,
        "POST /v1/blueprints/a/entities/search": 100,
        "POST /v1/entities/search": 100,
    }
    assert writes(asked) == 9
