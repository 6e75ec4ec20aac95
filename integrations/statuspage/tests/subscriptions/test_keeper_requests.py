"""What a look at the subscriptions costs, as docs/live-events.md says."""

from subscriptions.keeper import Keeper
from tests.account import Account, Page

from .installations import OLD_STYLE
from .keeping import endpoint


async def test_a_look_takes_one_request_for_the_pages_and_one_for_each_that_is_right(
    account: Account, keeper: Keeper
) -> None:
    for _ in range(3):
        account.add_page()
    await keeper.check()
    account.counted.clear()

    await keeper.check()

    assert len(account.counted) == 1 + 3


async def test_the_first_look_takes_two_for_a_page_that_is_right(
    account: Account, page: Page, keeper: Keeper
) -> None:
    page.subscribers.add(endpoint(page))

    await keeper.check()

    assert len(account.counted) == 1 + 2


async def test_the_first_look_takes_four_where_a_subscription_is_made(
    account: Account, page: Page, keeper: Keeper
) -> None:
    await keeper.check()

    assert page.subscribers.endpoints == [endpoint(page)]
    assert len(account.counted) == 1 + 4


async def test_the_first_look_takes_six_where_one_is_replaced(
    account: Account, page: Page, keeper: Keeper
) -> None:
    page.subscribers.add(OLD_STYLE)

    await keeper.check()

    assert page.subscribers.endpoints == [endpoint(page)]
    assert len(account.counted) == 1 + 6
