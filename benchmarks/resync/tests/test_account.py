"""What is asked of the status page before a resync is measured."""

from resync.account import addresses, keys_needed
from resync.bounds import least_requests
from resync.workloads import PageSize

GROUPS = [{"page_id": "a"}] * 6
ACCOUNT = {
    "statuspage": [{"id": "a"}, {"id": "b"}],
    "component_group": GROUPS,
    "component": [{"page_id": "a"}] * 75 + GROUPS + [{"page_id": "b"}] * 40,
    "incident": [{"page_id": "a"}] * 6000,
}


def test_it_is_what_a_resync_asks_for() -> None:
    asked = addresses(ACCOUNT)

    assert len(asked) == len(set(asked))
    assert len(asked) == least_requests([PageSize(75, 6, 6000), PageSize(40, 0, 0)])
    assert "/v1/pages/a/incidents?page=61&limit=100" in asked


def test_no_key_asks_for_more_than_its_quota() -> None:
    assert keys_needed(ACCOUNT) == 2
