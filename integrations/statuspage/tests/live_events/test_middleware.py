"""What does not come from a subscription of ours ends before its body is read."""

import httpx
import pytest
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from live_events.middleware import A_LINE_EVERY, TokenMiddleware, page_proven_by
from subscriptions.endpoint import token

PATH = "/ocean/integration/webhook"
PAGE = "r4k9wz2mq7xd"
SECRET = "made-up-client-secret"
PROOF = f"page={PAGE}&token={token(SECRET, PAGE)}"


class Behind:
    """What is behind the middleware: keeps which page a request proved, and reads its body."""

    def __init__(self) -> None:
        self.proven: list[str | None] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await request.body()
        self.proven.append(page_proven_by(request))
        await send({"type": "http.response.start", "status": 202, "headers": []})
        await send({"type": "http.response.body", "body": b"inside"})


class Server:
    """The middleware on a turned clock."""

    def __init__(self, *, is_processed: bool = True) -> None:
        self.now = 0.0
        self.behind = Behind()
        self.app = TokenMiddleware(
            self.behind, PATH, SECRET, is_processed=is_processed, now=lambda: self.now
        )

    async def post(self, query: str, path: str = PATH) -> int:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return (await client.post(f"{path}?{query}", content=b"{}")).status_code


@pytest.fixture
def server() -> Server:
    return Server()


async def test_a_request_with_the_token_of_a_page_comes_in_for_that_page(server: Server) -> None:
    assert await server.post(f"integration=mark&{PROOF}") == 202
    assert server.behind.proven == [PAGE]


@pytest.mark.parametrize(
    "query",
    [
        "",
        f"page={PAGE}",
        f"token={token(SECRET, PAGE)}",
        f"page=otherpage&token={token(SECRET, PAGE)}",
        f"page={PAGE}&token={token('another-secret', PAGE)}",
        f"page=otherpage&{PROOF}",
        f"{PROOF}&token=another",
        "page=%ff%fe&token=%ed%a0%80",
    ],
)
async def test_whatever_lacks_the_token_is_refused(server: Server, query: str) -> None:
    assert await server.post(query) == 401
    assert server.behind.proven == []


async def test_a_body_is_not_read_before_the_token_is_checked(server: Server) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("the body was read")

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": PATH, "query_string": b"", "headers": []}
    await server.app(scope, receive, send)

    assert sent[0]["status"] == 401


async def test_requests_for_other_paths_are_none_of_its_business(server: Server) -> None:
    assert await server.post("", path="/ocean/health/live") == 202
    assert server.behind.proven == [None]


async def test_a_process_that_processes_no_webhooks_says_so() -> None:
    assert await Server(is_processed=False).post(PROOF) == 404


async def test_a_flood_of_refused_requests_is_a_line_a_minute(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(100):
        await server.post("")
    server.now += A_LINE_EVERY
    await server.post("")

    counts = [record.args for record in caplog.records if "were refused" in record.message]
    assert counts == [(1,), (100,)]
