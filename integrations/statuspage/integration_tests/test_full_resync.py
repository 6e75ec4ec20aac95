"""A full resync through the real integration, with the shipped mapping."""

from collections import Counter

from tests.account import Account, least_requests

from .conftest import Boot


def kinds(entities: list[dict[str, object]]) -> Counter[object]:
    """Count entities by blueprint."""
    return Counter(entity["blueprint"] for entity in entities)


async def test_every_kind_arrives_whole(boot: Boot, account: Account) -> None:
    account.add_page(components=12, groups=2, incidents=130)
    booted = await boot()

    result = await booted.resync()

    assert result.errors == []
    assert kinds(result.upserted_entities) == {
        "statuspage": 1,
        "statuspageComponentGroup": 2,
        "statuspageComponent": 12,
        "statuspageIncident": 130,
        "statuspageIncidentUpdate": 260,
    }
    assert len(account.counted) == least_requests(account)
