"""A document of a page's public API: read without the key, and only when it has changed."""

import httpx
import pytest

from statuspage import Document, NotFound, StatuspageClient
from tests.fake_statuspage import FakeStatuspage, ok

SUMMARY = "https://abc.statuspage.io/api/v2/summary.json"
TAG = 'W/"4d3f"'


def tagged(status: int, tag: str = TAG) -> httpx.Response:
    content = b"" if status == 304 else b'{"page": {"id": "abc"}}'
    return httpx.Response(status, content=content, headers={"etag": tag})


async def test_a_document_comes_with_its_tag(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.answers(SUMMARY, tagged(200))

    document = await client.public_document("abc", "summary")

    assert document == Document({"page": {"id": "abc"}}, TAG)
    assert "if-none-match" not in fake.requests[0].headers


async def test_what_is_still_the_same_is_not_sent_again(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.answers(SUMMARY, tagged(304))

    assert await client.public_document("abc", "summary", TAG) is None
    assert fake.requests[0].headers["if-none-match"] == TAG


async def test_a_server_that_sends_the_same_again_has_nothing_new(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.answers(SUMMARY, tagged(200))

    assert await client.public_document("abc", "summary", TAG) is None


async def test_a_server_without_tags_sends_it_each_time(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.answers(SUMMARY, ok([1]))

    assert await client.public_document("abc", "summary", TAG) == Document([1], None)


async def test_it_is_asked_without_the_key_and_counts_nothing(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.answers(SUMMARY, tagged(200))

    await client.public_document("abc", "summary")

    assert "authorization" not in fake.requests[0].headers
    assert client.requests_sent == 0


async def test_a_refusal_is_an_error_and_not_tried_again(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.answers(SUMMARY, httpx.Response(404))

    with pytest.raises(NotFound):
        await client.public_document("abc", "summary", TAG)


@pytest.mark.parametrize(("status", "group"), [(200, {"id": "g1"}), (404, None)])
async def test_a_group_by_itself_is_there_or_gone(
    fake: FakeStatuspage, client: StatuspageClient, status: int, group: object
) -> None:
    fake.answers("/v1/pages/abc/component-groups/g1", httpx.Response(status, json={"id": "g1"}))

    assert await client.component_group("abc", "g1") == group
