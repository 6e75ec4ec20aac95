"""A page that cannot be read fails its kind, behind all that could be read."""

from typing import Any

import httpx
import pytest

from resync.errors import PageNotVisible, ResyncIncomplete
from resync.everywhere import everywhere
from resync.snapshot import Snapshot
from statuspage import AccessDenied, KeyRejected, NotFound
from tests.account import Account, Raw

from .reading import STREAMS, by_id, held, items_of, kind_of, raw, snapshot_of, until_the_error

ALL_KINDS = list(STREAMS)
# What each kind cannot do without, and what the account calls it.
NEEDS = {
    "component_group": "/component-groups",
    "component": "/components",
    "incident": "/incidents",
    "incident_update": "/incidents",
}


async def failing(snapshot: Snapshot, stream: Any) -> tuple[list[Raw], ResyncIncomplete]:
    """Read a kind that fails; return what came before."""
    batches: list[list[Raw]] = []
    with pytest.raises(ResyncIncomplete) as caught:
        await until_the_error(kind_of(snapshot, stream), batches)
    return [item for batch in batches for item in batch], caught.value


@pytest.mark.parametrize("kind", NEEDS)
async def test_the_other_pages_arrive_before_the_failure(account: Account, kind: str) -> None:
    broken, *_ = [account.add_page(components=3, groups=2, incidents=130) for _ in range(4)]
    page_id = broken.raw["id"]
    account.fail(page_id + NEEDS[kind], 403)
    account_of_the_rest = Account()
    account_of_the_rest.pages = {
        name: page for name, page in account.pages.items() if name != page_id
    }

    async with snapshot_of(account) as snapshot:
        items, error = await failing(snapshot, STREAMS[kind])

    assert by_id(map(raw, items)) == by_id(held(account_of_the_rest, kind))
    assert list(error.failures) == [page_id]
    assert isinstance(error.failures[page_id], AccessDenied)


async def test_the_error_names_every_page_that_failed_and_why(account: Account) -> None:
    first, second, sound = (account.add_page(incidents=2).raw["id"] for _ in range(3))
    account.fail(f"{first}/incidents", 403)
    account.fail(f"{second}/incidents", 404)

    async with snapshot_of(account) as snapshot:
        _, error = await failing(snapshot, STREAMS["incident"])

    assert {page: type(reason) for page, reason in error.failures.items()} == {
        first: AccessDenied,
        second: NotFound,
    }
    assert f"[{first}] " in str(error)
    assert f"[{second}] " in str(error)
    assert sound not in str(error)
    assert "nothing is deleted" in str(error)


async def test_what_a_list_brought_before_it_failed_is_delivered(account: Account) -> None:
    page = account.add_page(incidents=250)
    account.fail("incidents.*page=3", 403)

    async with snapshot_of(account) as snapshot:
        items, _ = await failing(snapshot, STREAMS["incident"])

    assert items == page.incidents[:200]


@pytest.mark.parametrize("pages", [1, 5])
async def test_all_pages_can_fail_at_once(account: Account, pages: int) -> None:
    expected = {account.add_page(incidents=1).raw["id"] for _ in range(pages)}
    account.fail("/incidents", 403)

    async with snapshot_of(account) as snapshot:
        items, error = await failing(snapshot, STREAMS["incident"])

    assert items == []
    assert set(error.failures) == expected


async def test_a_failure_is_remembered_and_not_asked_for_again(account: Account) -> None:
    page_id = account.add_page(components=2, groups=1).raw["id"]
    account.fail(f"{page_id}/components", 403)

    async with snapshot_of(account) as snapshot:
        _, first = await failing(snapshot, STREAMS["component"])
        sent = account.counted.copy()
        _, second = await failing(snapshot, STREAMS["component"])
        _, of_groups = await failing(snapshot, STREAMS["component_group"])

    assert second.failures == first.failures == of_groups.failures
    assert len([path for path in account.counted if "/components" in path]) == 1
    assert account.counted[: len(sent)] == sent
    assert not [path for path in account.counted[len(sent) :] if "/component-groups" not in path]


async def test_the_list_of_pages_fails_every_kind_with_one_request(account: Account) -> None:
    account.add_page(incidents=1)
    account.fail("/v1/pages$", 401)

    async with snapshot_of(account) as snapshot:
        for stream in STREAMS.values():
            with pytest.raises(KeyRejected):
                await anext(everywhere(snapshot, stream))

    assert account.counted == ["/v1/pages"]


@pytest.mark.parametrize("kind", ALL_KINDS)
async def test_a_chosen_page_that_the_key_does_not_see_is_named_after_the_others(
    account: Account, kind: str
) -> None:
    seen = account.add_page(components=3, groups=1, incidents=3).raw["id"]

    async with snapshot_of(account, [seen, "unseen000001"]) as snapshot:
        items, error = await failing(snapshot, STREAMS[kind])

    assert by_id(map(raw, items)) == by_id(held(account, kind))
    assert list(error.failures) == ["unseen000001"]
    assert isinstance(error.failures["unseen000001"], PageNotVisible)
    assert "unseen000001" in str(error)
    assert "statuspageIds" in str(error)


async def test_an_unseen_page_costs_no_request(account: Account) -> None:
    account.add_page(incidents=1)

    async with snapshot_of(account, ["unseen000001"]) as snapshot:
        await failing(snapshot, STREAMS["incident"])

    assert account.counted == ["/v1/pages"]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, json={"incidents": []}),
        httpx.Response(200, content=b"<html>maintenance</html>"),
        httpx.Response(200, content=b""),
        httpx.Response(200, json=[{"name": "without an id"}]),
        httpx.Response(404, json={"error": "not found"}),
    ],
    ids=["object", "html", "nothing", "no id", "404"],
)
async def test_an_answer_that_is_no_list_is_a_failure_and_not_an_empty_list(
    account: Account, answer: httpx.Response
) -> None:
    page_id = account.add_page(incidents=1).raw["id"]
    account.fail("/incidents", lambda _: answer)

    async with snapshot_of(account) as snapshot:
        _, error = await failing(snapshot, STREAMS["incident"])

    assert list(error.failures) == [page_id]


async def test_groups_fail_when_only_their_statuses_cannot_be_read(account: Account) -> None:
    page_id = account.add_page(groups=2).raw["id"]
    account.fail("/components", 403)

    async with snapshot_of(account) as snapshot:
        items, error = await failing(snapshot, STREAMS["component_group"])

    assert items == []
    assert list(error.failures) == [page_id]


async def test_a_passing_trouble_is_no_failure(account: Account) -> None:
    page = account.add_page(incidents=150)
    account.fail("incidents.*page=2", 503, times=2)

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, STREAMS["incident"])

    assert items == page.incidents


async def test_what_a_kind_took_is_told_also_when_it_fails(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    account.add_page(incidents=250)
    account.fail("incidents.*page=3", 403)

    async with snapshot_of(account) as snapshot:
        await failing(snapshot, STREAMS["incident"])

    assert "Incidents: 200 read from 1 pages (4 requests since the start)" in caplog.text


async def test_what_a_key_that_is_refused_took_is_told(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    account.fail("/v1/pages$", 401)

    async with snapshot_of(account) as snapshot:
        with pytest.raises(KeyRejected):
            await until_the_error(kind_of(snapshot, STREAMS["statuspage"]), [])

    assert "Pages: 0 read from 0 pages (1 requests since the start)" in caplog.text
