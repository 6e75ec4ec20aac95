"""One server, one way to it and one Conan home for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import Conan
from conan.api.conan_api import ConanAPI
from proxy import Proxy, proxied
from real_server import RealServer, served

PART = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Conan home in which the commands are installed as users do it."""
    folder = tmp_path_factory.mktemp("home")
    ConanAPI(str(folder)).config.install(str(PART), verify_ssl=True)
    return folder


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


@pytest.fixture(scope="session")
def way(running: RealServer) -> Iterator[Proxy]:
    """The way to the server."""
    with proxied(running.address) as proxy:
        yield proxy


@pytest.fixture
def proxy(way: Proxy) -> Iterator[Proxy]:
    """The way to the server, which has kept nothing yet."""
    yield way
    way.forget()


@pytest.fixture
def conan(home: Path, server: RealServer, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> Conan:
    """Conan, whose commands go to the server."""
    monkeypatch.setenv("STATUSPAGE_HOST", proxy.address)
    return Conan(home, server, monkeypatch)
