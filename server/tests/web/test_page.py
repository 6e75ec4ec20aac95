"""The page in HTML: words for every state, nothing from elsewhere, nothing that runs."""

from html.parser import HTMLParser

from tests.running import RunningServer

MARKUP = '<script>alert("&")</script>'


class Outline(HTMLParser):
    """Checks that what is opened is closed, and keeps what a test asks about."""

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


async def test_the_document_is_well_formed_and_labelled(server: RunningServer) -> None:
    outline = Outline(await server.page())
    assert outline.open == []
    tags = [tag for tag, _ in outline.tags]
    assert tags.count("h1") == 1
    assert tags.count("main") == 1
    assert ("html", {"lang": "en"}) in outline.tags
    assert "script" not in tags


async def test_it_refreshes_itself(server: RunningServer) -> None:
    assert '<meta http-equiv="refresh" content="120">' in await server.page()


async def test_nothing_is_loaded_from_elsewhere(server: RunningServer) -> None:
    outline = Outline(await server.page())
    links = [attrs.get("href") or attrs.get("src") or "" for _, attrs in outline.tags]
    assert all(link == "" or link.startswith("data:") for link in links)
    answer = await server.client.get("/")
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_the_time_is_the_zones(server: RunningServer) -> None:
    await server.configure("statuspage: {token: t, time_zone: Asia/Tokyo}")
    assert "Wednesday, 04 March 2026, 14:06:07 JST" in await server.page()


async def test_markup_in_names_stays_text(server: RunningServer) -> None:
    quoted = MARKUP.replace('"', '\\"')
    await server.configure(
        f'statuspage: {{token: t, title: "{quoted}", groups: {{"{quoted}": '
        f'[{{name: "{quoted}", id: a, description: "{quoted}"}}]}}}}'
    )
    page = await server.page()
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
