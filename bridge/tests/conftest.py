"""One server for all tests, and the bridge in front of it."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest
import statuspage
from postgres import running_postgres
from real_server import PAGE, RealServer, served
from sqlalchemy import create_engine
from strict_pagerduty import KEY, StrictPagerDuty

from statuspage_bridge.bridge import Bridge
from statuspage_bridge.configuration.environment import read_environment
from statuspage_bridge.sources import AnySource
from statuspage_bridge.state.address import read_address
from statuspage_bridge.state.database import Database
from statuspage_bridge.state.schema import metadata
from statuspage_bridge.web.app import create_app

# How long an example takes depends on what else the machine does.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """The server."""
    with served(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def server(running: RealServer) -> Iterator[RealServer]:
    """The server, whose page is as it was at first when a test begins."""
    yield running
    running.clear()


@dataclass
class Sources:
    """What the bridge reads, by the host of each."""

    hugops: StrictPagerDuty = field(default_factory=StrictPagerDuty)
    other: StrictPagerDuty = field(default_factory=StrictPagerDuty)
    # What Alertmanager lists.
    fires: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        match request.url.host:
            case "api.pagerduty.com":
                return self.hugops(request)
            case "api.eu.pagerduty.com":
                return self.other(request)
            case "alertmanager.test":
                assert request.url.path == "/api/v2/alerts/groups"
                group = {"labels": {}, "receiver": {"name": "statuspage"}, "alerts": self.fires}
                return httpx.Response(200, json=[group])
        raise AssertionError(request.url)


@dataclass
class Running:
    """A bridge, and a sender of webhooks."""

    bridge: Bridge
    http: httpx.AsyncClient
    sources: Sources

    def ends(self) -> None:
        """Let go of the state, as a process does that ends."""
        self.bridge.state.database.close()

    async def looks(self) -> None:
        """Let it look by itself."""
        await self.bridge.reconciler.reconcile()

    async def acknowledged(self, account: str = "hugops") -> httpx.Response:
        return await self.http.post(
            f"/{account}", json={"messages": [{"event": "incident.acknowledge"}]}
        )


@pytest.fixture
def environment(server: RealServer) -> dict[str, str]:
    return {
        "PD_ACCOUNT_HUGOPS": KEY,
        "PD_ACCOUNT_OTHER": KEY,
        "PD_API_OTHER": "https://api.eu.pagerduty.com",
        "STATUSPAGE_PAGE": PAGE,
        "STATUSPAGE_KEY": server.key,
        "STATUSPAGE_HOST": server.address,
    }


@pytest.fixture
async def way() -> AsyncIterator[httpx.AsyncHTTPTransport]:
    """The way to the page, shared by all bridges of a test."""
    async with httpx.AsyncHTTPTransport(verify=False) as transport:
        yield transport


type Start = Callable[..., Running]


@pytest.fixture
def start(environment: dict[str, str], way: httpx.AsyncHTTPTransport) -> Iterator[Start]:
    """Start bridges; each call is a new one, as after a restart."""
    sources = Sources()
    begun: list[Bridge] = []

    def begin(
        changed: Mapping[str, Any] | None = None,
        to_page: httpx.AsyncBaseTransport = way,
        database: type[Database] = Database,
        also: Sequence[AnySource] = (),
        **more: str,
    ) -> Running:
        settings = read_environment(environment | more)
        sources_too = {"sources": [*settings.sources, *also]}
        settings = settings.model_copy(update={**sources_too, **(changed or {})})
        assert settings.key is not None
        client = statuspage.connect(
            settings.key.get_secret_value(),
            host=settings.host,
            requests_per_minute=10_000,
            http=httpx.AsyncClient(transport=to_page),
        )
        sources_http = httpx.AsyncClient(transport=httpx.MockTransport(sources))
        state = database.open(read_address(settings.state_address()))
        bridge = Bridge(settings, client, sources_http, state)
        begun.append(bridge)
        asgi = httpx.ASGITransport(create_app(bridge))
        return Running(bridge, httpx.AsyncClient(transport=asgi, base_url="http://b.test"), sources)

    yield begin
    for bridge in begun:
        bridge.state.database.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL, shared by all tests: each takes a page of its own, or empties it."""
    with running_postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a state can be kept, empty."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bridge.db'}"
        return
    url: str = request.getfixturevalue("postgres")
    yield url
    engine = create_engine(read_address(url))
    metadata.drop_all(engine)
    engine.dispose()


@pytest.fixture
def running_bridge(start: Start) -> Running:
    return start()
