"""A group's row among the components tells what the list of groups tells."""

import json

from resync.group_rows import groups_of
from statuspage import Raw
from tests.port_resources.shipped import PORT

GROUP: Raw = json.loads((PORT / "examples/component_group/tracking.json").read_text())
FROM_A_RESYNC = {**GROUP, "__status": "partial_outage"}


def rows(**changes: object) -> list[Raw]:
    """Return what the list of components has: the group's row, its members and another one."""
    row = {key: value for key, value in GROUP.items() if key not in ("components", "__status")}
    members = [{"id": id_, "group": False, "group_id": GROUP["id"]} for id_ in GROUP["components"]]
    other = {"id": "n3v8xk2qd7wm", "group": False, "group_id": None}
    return [{**row, "group": True, "status": "partial_outage", **changes}, *members, other]


def test_a_group_told_by_its_row_is_the_group_of_the_list() -> None:
    assert groups_of(rows(), [GROUP["id"]]) == {GROUP["id"]: FROM_A_RESYNC}


def test_moments_of_the_public_api_are_written_as_the_list_writes_them() -> None:
    public = rows(created_at="2025-02-11T00:31:09.184-08:00", updated_at="2026-03-02T15:22:47.999Z")

    assert groups_of(public, [GROUP["id"]]) == {GROUP["id"]: FROM_A_RESYNC}


def test_only_groups_that_are_wanted_are_told() -> None:
    assert groups_of(rows(), []) == {}
    assert groups_of(rows(), [GROUP["components"][0], "unknown"]) == {}


def test_a_row_that_tells_little_is_still_a_group() -> None:
    [group] = groups_of([{"id": "m5q2xj8rk4wn", "group": True}], ["m5q2xj8rk4wn"]).values()

    assert group["__status"] is None
    assert group["components"] == []


def test_a_moment_that_is_none_stays_as_it_is() -> None:
    [group] = groups_of(rows(created_at="soon", updated_at=None), [GROUP["id"]]).values()

    assert (group["created_at"], group["updated_at"]) == ("soon", None)
