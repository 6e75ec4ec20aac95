"""What the status page holds: read before anything is measured, and changed in between."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import batched
from typing import Any

from resync.bounds import PAGE_SIZE, QUOTA, requests_of_list
from resync.web import ask

type Raw = dict[str, Any]

# The lists below a page, and what each calls its size.
LISTS = {
    "component_group": ("component-groups", "per_page"),
    "component": ("components", "per_page"),
    "incident": ("incidents", "limit"),
}


def read_account(address: str, key: str, page_ids: Sequence[str]) -> dict[str, list[Raw]]:
    """Return the objects of each kind, as the integration hands them to Ocean."""

    def every(path: str) -> Iterator[Raw]:
        for number in range(1, 1_000_000):
            url = f"{address}/v1/pages/{path}?page={number}&per_page={PAGE_SIZE}&limit={PAGE_SIZE}"
            batch = ask(url, headers={"authorization": f"OAuth {key}"})
            yield from batch
            if len(batch) < PAGE_SIZE:
                return

    pages = ask(f"{address}/v1/pages", headers={"authorization": f"OAuth {key}"})
    incidents = [one for page_id in page_ids for one in every(f"{page_id}/incidents")]
    return {
        "statuspage": [
            {**page, "__status": {"indicator": "none", "description": ""}}
            for page in pages
            if page["id"] in page_ids
        ],
        "component_group": [
            {**group, "__status": "operational"}
            for page_id in page_ids
            for group in every(f"{page_id}/component-groups")
        ],
        "component": [row for page_id in page_ids for row in every(f"{page_id}/components")],
        "incident": incidents,
        "incident_update": [
            {**update, "__incident": {"page_id": incident["page_id"]}}
            for incident in incidents
            for update in incident["incident_updates"]
        ],
    }


def expected_ids(account: Mapping[str, Sequence[Raw]]) -> dict[str, set[str]]:
    """Return the ids that have to arrive: a group's row among the components is none of them."""
    return {
        kind: {item["id"] for item in items if kind != "component" or not item["group"]}
        for kind, items in account.items()
    }


def addresses(account: Mapping[str, Sequence[Raw]]) -> list[str]:
    """Return what a full resync asks the manage API for."""
    return ["/v1/pages"] + [
        f"/v1/pages/{page['id']}/{path}?page={number}&{size}={PAGE_SIZE}"
        for page in account["statuspage"]
        for kind, (path, size) in LISTS.items()
        for number in range(
            1, 1 + requests_of_list(sum(one["page_id"] == page["id"] for one in account[kind]))
        )
    ]


def keys_needed(account: Mapping[str, Sequence[Raw]]) -> int:
    """Return how many keys can ask for all of it at once."""
    return -(-len(addresses(account)) // QUOTA)


def have_ready(address: str, keys: Sequence[str], account: Mapping[str, Sequence[Raw]]) -> None:
    """Have the status page make all of its answers: from then on it answers from memory.

    The vendor's work is done elsewhere, and not by the processor on which a resync is measured.
    """
    asked = [
        (path, key)
        for key, paths in zip(keys, batched(addresses(account), QUOTA), strict=True)
        for path in paths
    ]
    with ThreadPoolExecutor(16) as threads:
        for answer in [
            threads.submit(ask, address + path, headers={"authorization": f"OAuth {key}"})
            for path, key in asked
        ]:
            answer.result()


def reopen(address: str, key: str, incidents: Sequence[Raw], count: int) -> dict[str, str]:
    """Open some of the old incidents again; return the status of each."""
    over = [incident for incident in incidents if incident["status"] == "resolved"]
    chosen = over[:: len(over) // count][:count]
    for incident in chosen:
        ask(
            f"{address}/v1/pages/{incident['page_id']}/incidents/{incident['id']}",
            method="PATCH",
            body={"incident": {"status": "identified", "body": "It is back."}},
            headers={"authorization": f"OAuth {key}"},
        )
    return {incident["id"]: "identified" for incident in chosen}
