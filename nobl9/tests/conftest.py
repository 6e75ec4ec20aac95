"""A stand-in, and a command whose requests all end there, in a folder without a file .env."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import Caller, RealTime
from real_server import RealServer, database_of, served, started
from relay import Relay
from stand_in import StandIn


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the command is called in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(params=["v1", "v2"])
def nobl9(request: pytest.FixtureRequest) -> StandIn:
    """Both versions of the API."""
    return StandIn(request.param)


@pytest.fixture
def v1() -> StandIn:
    """The older version alone."""
    return StandIn("v1")


@pytest.fixture
def v2() -> StandIn:
    """The version with disruptions alone."""
    return StandIn("v2")


@pytest.fixture
def cli(folder: Path, nobl9: StandIn) -> Caller:
    """The command, against both."""
    return Caller(folder, nobl9)


@pytest.fixture
def cli1(folder: Path, v1: StandIn) -> Caller:
    """The command, against the older one."""
    return Caller(folder, v1)


@pytest.fixture
def cli2(folder: Path, v2: StandIn) -> Caller:
    """The command, against the one with disruptions."""
    return Caller(folder, v2)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """The server of this repository; its page is shared by all tests of a process."""
    with served(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(params=["v1", "v2"])
def real(request: pytest.FixtureRequest, folder: Path, running: RealServer) -> Caller:
    """The command, against the server of this repository in both versions of the API."""
    (folder / ".env").write_text(
        "".join(f"{name}={value}\n" for name, value in running.variables.items())
    )
    return Caller(folder, None, {}, api=request.param, time=RealTime())


@pytest.fixture
def relay(real: Caller) -> Relay:
    """What the command's requests to the server go through."""
    real.handler = Relay()
    return real.handler


@pytest.fixture(scope="session")
def limited(tmp_path_factory: pytest.TempPathFactory, running: RealServer) -> Iterator[str]:
    """The address of the same page with limits, among them one token in three seconds."""
    database = {"database": database_of(running.folder)}
    with started(tmp_path_factory.mktemp("limited"), database) as (address, _):
        yield address


@pytest.fixture(scope="session")
def in_trouble(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that answers late, and then that it failed."""
    trouble = {"latency": 0.2, "failure_rate": 1}
    with started(tmp_path_factory.mktemp("trouble"), {"trouble": trouble}) as (address, _):
        yield address
