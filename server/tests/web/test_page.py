"""The page in HTML: words for every state, nothing from elsewhere, nothing that runs."""

from tests.markup import Outline
from tests.running import RunningServer

MARKUP = '<script>alert("&")</script>'


async def test_the_document_is_well_formed_and_labelled(server: RunningServer) -> None:
    outline = Outline(await server.html())
    assert outline.open == []
    tags = [tag for tag, _ in outline.tags]
    assert tags.count("h1") == 1
    assert tags.count("main") == 1
    assert ("html", {"lang": "en"}) in outline.tags


async def test_nothing_inline_runs_or_styles(server: RunningServer) -> None:
    outline = Outline(await server.html())
    (script,) = [attrs for tag, attrs in outline.tags if tag == "script"]
    assert (script["src"] or "").startswith("/assets/")
    assert "defer" in script
    for tag, attrs in outline.tags:
        assert tag != "style"
        assert not [name for name in attrs if name == "style" or name.startswith("on")]


async def test_it_refreshes_itself_with_a_script_and_without(server: RunningServer) -> None:
    page = await server.html()
    assert '<noscript><meta http-equiv="refresh" content="120"></noscript>' in page
    assert 'data-refresh="120"' in page


async def test_nothing_is_loaded_from_elsewhere(server: RunningServer) -> None:
    outline = Outline(await server.html())
    loaded = [
        attrs.get("href") or attrs.get("src") or ""
        for tag, attrs in outline.tags
        if tag in {"link", "script", "img"}
    ]
    assert loaded
    assert all(address.startswith("/") for address in loaded)
    policy = (await server.client.get("/")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


async def test_the_time_is_the_zones_and_says_so(server: RunningServer) -> None:
    await server.configure("statuspage: {token: t, time_zone: Asia/Tokyo}")
    words = await server.words()
    assert "As of Mar 4, 14:06 JST" in words
    assert "Times are in the time zone Asia/Tokyo." in words


async def test_markup_in_names_stays_text(server: RunningServer) -> None:
    quoted = MARKUP.replace('"', '\\"')
    await server.configure(
        f'statuspage: {{token: t, title: "{quoted}", groups: {{"{quoted}": '
        f'[{{name: "{quoted}", id: a, description: "{quoted}"}}]}}}}'
    )
    page = await server.html()
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") >= 4


async def test_no_answer_is_framed_or_taken_for_something_else(server: RunningServer) -> None:
    for path in ("/", "/health", "/api/v2/summary.json", "/v1/pages", "/nowhere"):
        headers = (await server.client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path


async def test_health(server: RunningServer) -> None:
    answer = await server.client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "config": "ok"}


async def test_what_is_not_there(server: RunningServer) -> None:
    answer = await server.client.get("/pages/unknownpage1")
    assert (answer.status_code, answer.json()) == (404, {"error": "Not found"})
