"""The API as methods: what each asks, and what each makes of the answer."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from statuspage import (
    AccessDenied,
    Collection,
    NotFound,
    PageStatus,
    RepeatedPage,
    ServerFailed,
    StatuspageClient,
    StatuspageError,
    UnusableAnswer,
)
from tests.fake_statuspage import FakeStatuspage, client_of, objects, ok
from tests.virtual_time import now

PAGE = "/v1/pages/abc"
PUBLIC = "https://abc.statuspage.io/api/v2/status.json"

type One = Callable[[StatuspageClient], Awaitable[Any]]
ONE: list[tuple[str, One]] = [
    (PAGE, lambda client: client.page("abc")),
    (f"{PAGE}/components/def", lambda client: client.component("abc", "def")),
    (f"{PAGE}/incidents/def", lambda client: client.incident("abc", "def")),
]


async def test_pages_are_asked_for_once_without_paging(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.answers("/v1/pages", ok(objects(150)))

    assert await client.pages() == objects(150)
    assert fake.asked == ["GET /v1/pages"]


@pytest.mark.parametrize(("path", "ask"), ONE)
async def test_one_object_is_one_request(
    fake: FakeStatuspage, client: StatuspageClient, path: str, ask: One
) -> None:
    fake.answers(path, ok({"id": "def", "anything": [1, None, {"else": "ü"}]}))

    assert await ask(client) == {"id": "def", "anything": [1, None, {"else": "ü"}]}
    assert fake.asked == [f"GET {path}"]


@pytest.mark.parametrize(("path", "ask"), ONE)
async def test_one_object_that_is_gone_is_none(
    fake: FakeStatuspage, client: StatuspageClient, path: str, ask: One
) -> None:
    fake.answers(path, httpx.Response(404, json={"error": "Not found"}))

    assert await ask(client) is None


@pytest.mark.parametrize(("path", "ask"), ONE)
async def test_one_object_that_may_not_be_seen_is_an_error(
    fake: FakeStatuspage, client: StatuspageClient, path: str, ask: One
) -> None:
    fake.answers(path, httpx.Response(403))

    with pytest.raises(AccessDenied):
        await ask(client)


@pytest.mark.parametrize(("path", "ask"), ONE)
@pytest.mark.parametrize("content", [[], None, {"name": "x"}, "x"], ids=str)
async def test_an_answer_of_the_wrong_shape_is_an_error(
    fake: FakeStatuspage, client: StatuspageClient, path: str, ask: One, content: Any
) -> None:
    fake.answers(path, ok(content))

    with pytest.raises(UnusableAnswer, match=f"GET {path}"):
        await ask(client)


@pytest.mark.parametrize(
    ("ask", "query"),
    [
        (lambda c: c.component_groups("abc"), "component-groups?page=1&per_page=100"),
        (lambda c: c.components("abc"), "components?page=1&per_page=100"),
        (lambda c: c.incidents("abc"), "incidents?page=1&limit=100"),
        (
            lambda c: c.incidents("abc", Collection.UNRESOLVED),
            "incidents/unresolved?page=1&per_page=100",
        ),
        (
            lambda c: c.incidents("abc", Collection.SCHEDULED),
            "incidents/scheduled?page=1&per_page=100",
        ),
        (
            lambda c: c.incidents("abc", Collection.UPCOMING),
            "incidents/upcoming?page=1&per_page=100",
        ),
        (
            lambda c: c.incidents("abc", Collection.ACTIVE_MAINTENANCE),
            "incidents/active_maintenance?page=1&per_page=100",
        ),
        (lambda c: c.list("abc", Collection.COMPONENTS), "components?page=1&per_page=100"),
    ],
)
async def test_a_list_is_asked_for_in_its_own_words(
    fake: FakeStatuspage, client: StatuspageClient, ask: Callable[..., Any], query: str
) -> None:
    fake.lists(f"{PAGE}/{query.partition('?')[0]}", objects(3))

    assert [item async for item in ask(client)] == objects(3)
    assert fake.asked == [f"GET {PAGE}/{query}"]


async def test_a_list_comes_in_the_batches_in_which_it_is_read(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.lists(f"{PAGE}/incidents", objects(250))

    sizes = [len(batch) async for batch in client.incidents("abc").batches()]

    assert sizes == [100, 100, 50]
    assert fake.asked == [f"GET {PAGE}/incidents?page={n}&limit=100" for n in (1, 2, 3)]


async def test_an_empty_list_has_no_batches(fake: FakeStatuspage, client: StatuspageClient) -> None:
    fake.lists(f"{PAGE}/components", [])

    assert [batch async for batch in client.components("abc").batches()] == []


async def test_a_listing_can_be_walked_twice(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.lists(f"{PAGE}/components", objects(2))
    listing = client.components("abc")

    assert [item async for item in listing] == [item async for item in listing]
    assert len(fake.requests) == 2


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.Response(404), NotFound),
        (httpx.Response(403), AccessDenied),
        (httpx.Response(200, json={"error": ["no"]}), UnusableAnswer),
        (httpx.Response(200, json=[{"name": "no id"}]), UnusableAnswer),
        (httpx.Response(204), UnusableAnswer),
        (httpx.Response(200, html="<html>"), UnusableAnswer),
        (httpx.Response(200, json=objects(100)), RepeatedPage),
    ],
    ids=lambda value: getattr(value, "text", None),
)
async def test_a_page_that_fails_fails_the_list_after_what_was_read(
    fake: FakeStatuspage,
    client: StatuspageClient,
    failure: httpx.Response,
    kind: type[StatuspageError],
) -> None:
    fake.answers(f"{PAGE}/components", ok(objects(100)), failure)
    batches = client.components("abc").batches()

    assert await anext(batches) == objects(100)
    with pytest.raises(kind):
        await anext(batches)


async def test_a_wrong_id_costs_no_request(fake: FakeStatuspage, client: StatuspageClient) -> None:
    with pytest.raises(StatuspageError, match="cannot be an id"):
        await client.incident("abc", "../../users")

    assert fake.requests == []


async def test_urgent_work_overtakes_a_resync(fake: FakeStatuspage) -> None:
    client = client_of(fake, limit=2, reserve=1)
    fake.answers(PAGE, ok({"id": "abc"}), ok({"id": "abc"}))
    begin = now()

    await client.page("abc")
    await client.urgent.page("abc")

    assert now() == begin


async def test_urgent_work_shares_the_window_with_a_resync(fake: FakeStatuspage) -> None:
    client = client_of(fake, limit=1)
    fake.answers(PAGE, ok({"id": "abc"}), ok({"id": "abc"}))
    begin = now()

    await client.page("abc")
    await client.urgent.page("abc")

    assert now() - begin == 60


async def test_an_impatient_client_asks_once(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.answers(PAGE, httpx.Response(503))

    with pytest.raises(ServerFailed):
        await client.impatient.page("abc")


async def test_a_client_can_be_urgent_and_impatient(fake: FakeStatuspage) -> None:
    client = client_of(fake, limit=2, reserve=1)
    fake.answers(PAGE, ok({"id": "abc"}), httpx.Response(503))
    begin = now()

    await client.page("abc")
    with pytest.raises(ServerFailed):
        await client.urgent.impatient.page("abc")

    assert now() == begin


async def test_the_status_of_a_public_page_is_what_it_shows(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.answers(PUBLIC, ok({"status": {"indicator": "minor", "description": "So so"}}))

    assert await client.public_status({"id": "abc"}) == PageStatus("minor", "So so")


@pytest.mark.parametrize(
    "restriction", [{"viewers_must_be_team_members": True}, {"ip_restrictions": "10.0.0.0/8"}]
)
async def test_the_status_of_a_page_for_members_is_not_asked_for(
    fake: FakeStatuspage, client: StatuspageClient, restriction: dict[str, Any]
) -> None:
    assert await client.public_status({"id": "abc", **restriction}) is None
    assert fake.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404),
        httpx.Response(500),
        httpx.Response(302, headers={"Location": "https://status.example.com"}),
        httpx.Response(200, html="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"status": {"indicator": ["minor"], "description": "So so"}}),
        httpx.ConnectError("walled off"),
    ],
    ids=lambda answer: getattr(answer, "status_code", None) or type(answer).__name__,
)
async def test_a_public_status_that_cannot_be_had_is_none_at_once(
    fake: FakeStatuspage, client: StatuspageClient, answer: Any
) -> None:
    fake.answers(PUBLIC, answer)
    begin = now()

    assert await client.public_status({"id": "abc"}) is None
    assert now() == begin
