"""Uninstalling leaves nothing of ours in Statuspage, and everything of others."""

import httpx
import pytest

from statuspage import StatuspageClient, connect
from subscriptions.endpoint import Installation
from tests.account import KEY, Account
from tests.subscriptions.installations import OURS, SECRET, STAGING
from unsubscribe import unsubscribe

WITHOUT_ADDRESS = Installation(OURS.mark, None, SECRET)


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.fixture
def client(account: Account) -> StatuspageClient:
    return connect(KEY, http=httpx.AsyncClient(transport=httpx.MockTransport(account)))


@pytest.mark.parametrize("installation", [OURS, WITHOUT_ADDRESS])
@pytest.mark.parametrize("state", ["active", "unconfirmed", "quarantined"])
async def test_what_is_ours_goes_from_every_page_with_a_line_for_each(
    account: Account, client: StatuspageClient, installation: Installation, state: str
) -> None:
    said: list[str] = []
    for name in ("One", "Two"):
        page = account.add_page(id=f"page{name}", name=name)
        page.subscribers.add(OURS.endpoint(page.raw["id"]), state)
        page.subscribers.add(OURS.endpoint(page.raw["id"]), state)
        page.subscribers.add(STAGING.endpoint(page.raw["id"]), state)
    account.add_page(id="empty", name="Three")

    assert await unsubscribe(client, installation, said.append)

    assert said == [
        "One (pageOne): 2 removed\n",
        "Two (pageTwo): 2 removed\n",
        "Three (empty): 0 removed\n",
    ]
    for page in list(account.pages.values())[:2]:
        assert page.subscribers.endpoints == [STAGING.endpoint(page.raw["id"])]


async def test_a_page_that_fails_keeps_no_other_from_it(
    account: Account, client: StatuspageClient
) -> None:
    said: list[str] = []
    bad, good = account.add_page(), account.add_page()
    for page in (bad, good):
        page.subscribers.add(OURS.endpoint(page.raw["id"]))
    account.fail(f"DELETE /v1/pages/{bad.raw['id']}", 403)

    assert not await unsubscribe(client, OURS, said.append)

    assert good.subscribers.all == []
    assert f"({bad.raw['id']}): not everything could be removed. Statuspage answered" in said[0]
    assert "token=" not in "".join(said)


async def test_a_rejected_key_is_one_sentence(account: Account, client: StatuspageClient) -> None:
    said: list[str] = []
    account.fail("/v1/pages", 401)

    assert not await unsubscribe(client, OURS, said.append)

    [sentence] = said
    assert "check statuspageApiKey" in sentence
