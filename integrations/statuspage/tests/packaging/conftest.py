"""The program in a folder, with a Statuspage on this machine and nothing else of the world."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from port_ocean.config.dynamic import default_config_factory
from port_ocean.config.settings import IntegrationConfiguration

from integration_tests.loopback import served
from settings import Settings, read_settings
from tests.account import KEY, Account

from .files import CONFIG, HERE, SETTINGS

OCEAN = Path(sys.executable).with_name("ocean")

PORT = {"OCEAN__PORT__CLIENT_ID": "somebody", "OCEAN__PORT__CLIENT_SECRET": "made-up-secret"}

type Probe = Callable[[Mapping[str, str]], str]
type Started = Callable[[Mapping[str, str]], Settings]


@pytest.fixture
def account() -> Account:
    """An account with one page that only members may see: its status needs no public API."""
    account = Account()
    account.add_page(viewers_must_be_team_members=True)
    return account


@pytest.fixture
def host(account: Account) -> Iterator[str]:
    """The account's address."""
    with served(account) as address:
        yield address


@pytest.fixture
def probe(host: str, account: Account) -> Probe:
    """Run `ocean probe` with an example's environment; what it holds no value of is filled in."""

    def run(environment: Mapping[str, str]) -> str:
        ended = subprocess.run(
            [OCEAN, "probe"],
            cwd=HERE,
            env={
                "PATH": os.environ["PATH"],
                **environment,
                f"{CONFIG}STATUSPAGE_API_KEY": KEY,
                f"{CONFIG}STATUSPAGE_HOST": host,
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert account.counted == ["/v1/pages"]
        return ended.stdout

    return run


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What the integration starts with in an environment; a value that cannot work is refused."""
    model = default_config_factory(list(SETTINGS.values()))

    def start(environment: Mapping[str, str]) -> Settings:
        monkeypatch.chdir(HERE)  # where Ocean finds .port
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        config = IntegrationConfiguration(
            integration_config_model=model,
            _env_file=None,
        )
        given = config.integration.config.model_dump(mode="json")
        return read_settings(given, base_url=config.base_url)

    return start
