"""A command and an account for every test."""

from pathlib import Path

import pytest

from tests.account import Account

from .calling import Caller


@pytest.fixture
def account() -> Account:
    """An empty account."""
    return Account()


@pytest.fixture
def cli(account: Account, tmp_path: Path) -> Caller:
    """The command, whose requests all end at the account."""
    return Caller(tmp_path, account)
