"""Visitors report problems where the page asks for it; the operator sees how many."""

import pytest

from statuspage_server.manage.problem_reports import count_reports, read_messages
from tests.manage import Manage
from tests.running import RunningServer


@pytest.fixture
async def manage(server: RunningServer) -> Manage:
    await server.configure("statuspage: {token: t, problem_reports: true}\nserver: {rate_limit: 0}")
    return await Manage.of(server)


async def report(manage: Manage, expect: int = 200, **fields: str) -> str:
    answer = await manage.server.client.post("/report", data=fields)
    assert answer.status_code == expect, answer.text
    return answer.text


async def counts(manage: Manage) -> list[tuple[str, int, int, int]]:
    page_id, now = manage.page_id, manage.server.clock()
    rows = await manage.server.runtime.database.read(lambda c: count_reports(c, page_id, now))
    return [(row.name, row.hour, row.day, row.week) for row in rows]


async def test_it_is_off_by_default(manage: Manage) -> None:
    await manage.server.configure("statuspage: {token: t}\nserver: {rate_limit: 0}")
    assert (await manage.server.client.get("/report")).status_code == 404
    await report(manage, 404, component=await manage.component("One"))


async def test_reports_are_counted_for_each_component(manage: Manage) -> None:
    one, two = await manage.component("One"), await manage.component("Two")
    form = (await manage.server.client.get("/report")).text
    assert one in form
    assert two in form
    await report(manage, component=one)
    manage.server.clock.move(2 * 3600)
    await report(manage, component=one)
    await report(manage, component=two, message="It is <slow>.")
    manage.server.clock.move(1)
    assert await counts(manage) == [("One", 1, 2, 2), ("Two", 1, 1, 1)]
    page_id = manage.page_id
    (said,) = await manage.server.runtime.database.read(lambda c: read_messages(c, page_id))
    assert (said.name, said.message) == ("Two", "It is <slow>.")
    assert "slow" not in await manage.server.html()


async def test_one_visitor_counts_once_in_an_hour_and_is_answered_the_same(
    manage: Manage,
) -> None:
    one = await manage.component("One")
    assert await report(manage, component=one) == await report(manage, component=one)
    assert await counts(manage) == [("One", 1, 1, 1)]


async def test_tries_are_limited(manage: Manage) -> None:
    one = await manage.component("One")
    for _ in range(6):
        await report(manage, component=one)
    assert "Wait a minute" in await report(manage, 429, component=one)


@pytest.mark.parametrize("component", ["", "nowhere12345"])
async def test_it_has_to_be_about_something_on_the_page(manage: Manage, component: str) -> None:
    answer = await report(manage, 422, component=component, message="</textarea><script>")
    assert "Choose what does not work" in answer
    assert "<script>" not in answer
    assert await counts(manage) == []


async def test_they_are_kept_for_thirty_days_and_go_with_their_component(manage: Manage) -> None:
    one, two = await manage.component("One"), await manage.component("Two")
    await report(manage, component=one)
    manage.server.clock.move(30 * 86400)
    await report(manage, component=two)
    assert await manage.server.count("problem_reports") == 1
    await manage.delete(f"components/{two}", expect=204)
    assert await manage.server.count("problem_reports") == 0
