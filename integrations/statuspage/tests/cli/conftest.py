"""A command and an account for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.account import Account

from .calling import Caller
from .real_server import SERVER, RealServer, served


@pytest.fixture
def account() -> Account:
    """An empty account."""
    return Account()


@pytest.fixture
def cli(account: Account, tmp_path: Path) -> Caller:
    """The command, whose requests all end at the account."""
    return Caller(tmp_path, account)


@pytest.fixture(scope="session")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """The server of this repository; its page is shared by all tests of a process."""
    if not SERVER.exists():
        # The integration also stands alone, without a server beside it.
        pytest.skip("the server is not installed beside this integration (make -C server install)")
    with served(tmp_path_factory.mktemp("server")) as server:
        yield server
