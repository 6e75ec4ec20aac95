"""A keeper of our own, as a pod has one, and what it left on a page."""

from statuspage import StatuspageClient
from subscriptions.endpoint import Installation
from subscriptions.keeper import Keeper
from tests.account import Account, Page, Raw

from .installations import OURS

CONTACT = "ops@example.com"


def keeper_of(
    client: StatuspageClient,
    *page_ids: str,
    installation: Installation = OURS,
    contact: str | None = CONTACT,
    learned: list[Raw] | None = None,
) -> Keeper:
    learn = ([] if learned is None else learned).extend
    return Keeper(client, installation, learn=learn, page_ids=page_ids, contact=contact)


def endpoint(page: Page, installation: Installation = OURS) -> str:
    return installation.endpoint(page.raw["id"])


def ours(page: Page) -> list[str]:
    """The states of the subscriptions of ours that are right."""
    return [
        page.subscribers.state(one)
        for one in page.subscribers.all
        if one["endpoint"] == endpoint(page)
    ]


def writes(account: Account) -> list[str]:
    """What was written, without the ids."""
    return [line.partition("?")[0].replace("/v1/pages/", "") for line in account.written]


def assert_replaced(account: Account, page: Page, old: str) -> None:
    """Assert that ours stands in the place of an old one, and that no event was lost between."""
    assert page.subscribers.endpoints == [endpoint(page)]
    assert ours(page) == ["active"]
    assert writes(account) == [
        f"POST {page.raw['id']}/subscribers",
        f"DELETE {page.raw['id']}/subscribers/{old}",
    ]
