"""A company that is made once; every test starts from a copy of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from end_to_end.company import SMALL, make
from end_to_end.loop import API_KEY, PAGES, Loop, Run
from launcher.paths import INTEGRATION, SERVER, program
from launcher.stack import Stack

READY = (program(SERVER, "statuspage-server"), program(INTEGRATION, "ocean"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts the other parts needs them to be set up, which `make test` above does."""
    if not all(one.exists() for one in READY):
        skip = pytest.mark.skip(reason="server or integration are not set up: make install above")
        for item in items:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a server's database; the catalog is empty."""
    directory = tmp_path_factory.mktemp("company")
    with Stack(directory) as stack:
        make(stack)
    return directory


@pytest.fixture
def first(company: Path, tmp_path: Path) -> Loop:
    """A loop before the first resync, not started yet."""
    return Loop(tmp_path / "loop", company)


@pytest.fixture(scope="session")
def in_step(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory whose catalog holds what its server has."""
    directory = tmp_path_factory.mktemp("in_step") / "loop"
    with Loop(directory, company) as loop:
        assert loop.resync().why_it_failed is None
    return directory


@pytest.fixture(scope="module")
def shared(in_step: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loop]:
    """The programs that the tests of a file use one after the other."""
    with Loop(tmp_path_factory.mktemp("shared") / "loop", in_step) as loop:
        yield loop


@pytest.fixture
def loop(shared: Loop) -> Loop:
    """The shared programs, without faults, and the catalog holds what the server has."""
    shared.restore()
    return shared


@dataclass(frozen=True, slots=True)
class Limited:
    """A resync that the server's own limit interrupts."""

    loop: Loop
    run: Run
    opened: str


@pytest.fixture(scope="session", autouse=True)
def limited(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Limited | None]:
    """It waits for a minute, so it starts before the other tests and goes on beside them."""
    if not any(item.get_closest_marker("limited") for item in request.session.items):
        yield None
        return
    directory = tmp_path_factory.mktemp("limited") / "loop"
    with Loop(directory, request.getfixturevalue("in_step"), rate_limit=3) as loop:
        opened = loop.statuspage.open_incident(SMALL, name="Slowly", body="We look into it.")
        # A key of its own, of which nothing is spent.
        key = {API_KEY: loop.stack.server.create_key("limited")}
        pages = {PAGES: json.dumps([SMALL])}
        with loop.once(loop.another_integration("limited", **key, **pages)) as run:
            yield Limited(loop, run, opened)
