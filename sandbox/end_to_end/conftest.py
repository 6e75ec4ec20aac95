"""A company that is made once; every test starts from a copy of it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from end_to_end.company import make
from end_to_end.loop import Loop
from launcher.paths import INTEGRATION, SERVER, program
from launcher.stack import Stack
from tests.workers import made_once

READY = (program(SERVER, "statuspage-server"), program(INTEGRATION, "ocean"))


# Waits for a minute: the other workers do the other tests meanwhile.
LONGEST = "test_the_servers_limit"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; skip all when the other parts are not set up."""
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path.stem != LONGEST, -tests[item.path], item.path))
    if not all(one.exists() for one in READY):
        skip = pytest.mark.skip(reason="server or integration are not set up: make install above")
        for item in items:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a server's database; the catalog is empty."""

    def fill(directory: Path) -> None:
        with Stack(directory) as stack:
            make(stack)

    return made_once(tmp_path_factory, "company", fill)


@pytest.fixture
def first(company: Path, tmp_path: Path) -> Loop:
    """A loop before the first resync, not started yet."""
    return Loop(tmp_path / "loop", company)


@pytest.fixture(scope="session")
def in_step(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory whose catalog holds what its server has."""

    def fill(directory: Path) -> None:
        with Loop(directory, company) as loop:
            assert loop.resync().why_it_failed is None

    return made_once(tmp_path_factory, "in_step", fill)


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
