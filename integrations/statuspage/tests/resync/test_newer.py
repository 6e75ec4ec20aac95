"""What a live event has read of a page or a group since a resync read it is not undone."""

import pytest

from resync.streams import Groups, Pages

READ = {"id": "x", "name": "Read by the resync", "updated_at": "2026-09-01T00:00:05Z"}
STATUS = {"__status": "major_outage"}


def newer(second: int) -> dict[str, object]:
    return {"id": "x", "name": "Live", "updated_at": f"2026-09-01T00:00:0{second}Z", **STATUS}


@pytest.mark.parametrize("stream", [Pages(), Groups()])
@pytest.mark.parametrize(("second", "name"), [(4, READ["name"]), (5, READ["name"]), (6, "Live")])
def test_the_status_is_the_newer_one_and_the_rest_only_if_it_changed_later(
    stream: Pages | Groups, second: int, name: str
) -> None:
    updated = stream.updated(READ, newer(second))

    assert updated is not None
    assert (updated["name"], updated["__status"]) == (name, "major_outage")


@pytest.mark.parametrize("stream", [Pages(current_status=False), Groups(current_status=False)])
def test_a_status_that_nobody_wants_is_not_added(stream: Pages | Groups) -> None:
    assert "__status" not in (stream.updated(READ, newer(6)) or STATUS)


def test_a_group_that_is_gone_is_not_loaded() -> None:
    assert Groups().updated(READ, None) is None
