"""A small company, made once, and the launcher as its user starts it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from launcher.addresses import free_port
from launcher.environment import clean
from launcher.paths import INTEGRATION, SANDBOX, SERVER, program
from launcher.seeding import server_settings
from launcher.stack import Stack
from tests.workers import made_once

SECRET = "the-secret-of-this-sandbox"
READY = (program(SERVER, "statuspage-server"), program(INTEGRATION, "ocean"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts the other parts needs them to be set up, which `make test` above does."""
    if all(one.exists() for one in READY):
        return
    skip = pytest.mark.skip(reason="server or integration are not set up: make install above")
    for item in items:
        if "small_company" in getattr(item, "fixturenames", ()):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def small_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of the launcher with one small page and no entity yet."""

    def make(folder: Path) -> None:
        with Stack(folder, server_settings=server_settings()) as stack:
            stack.server.start()
            stack.server.wait_until_ready()
            stack.server.stop()
            stack.server.generate("A small page", components=5, groups=1, incidents=3)
            stack.key()

    return made_once(tmp_path_factory, "small_company", make)


@pytest.fixture(scope="session")
def real(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Real services as `.env` would name them: Port lets in who knows the secret."""
    folder = tmp_path_factory.mktemp("real") / "services"
    shutil.copytree(small_company, folder)
    with Stack(folder, server_settings=server_settings()) as stack:
        stack.sandbox.environment["PORT_SANDBOX_CLIENT_SECRET"] = SECRET
        stack.start_services()
        yield {
            "OCEAN__PORT__BASE_URL": stack.sandbox.address,
            "OCEAN__PORT__CLIENT_ID": "a-client-id",
            "OCEAN__PORT__CLIENT_SECRET": SECRET,
            "OCEAN__INTEGRATION__CONFIG__STATUSPAGE_API_KEY": stack.key(),
            "OCEAN__INTEGRATION__CONFIG__STATUSPAGE_HOST": stack.server.address,
        }


@dataclass
class Launcher:
    """`make run`, with a directory and ports of its own."""

    directory: Path
    ports: dict[str, str] = field(
        default_factory=lambda: {
            f"{name}_PORT": str(free_port())
            for name in ("SERVER", "SANDBOX", "INTEGRATION", "BRIDGE")
        }
    )

    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def env_file(self) -> Path:
        return self.directory / ".env"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start it as a terminal would."""
        started = subprocess.Popen(
            [
                *(sys.executable, "-m", "launcher", *arguments),
                *("--directory", str(self.directory), "--env-file", str(self.env_file)),
            ],
            cwd=SANDBOX,
            env={**clean(os.environ), **self.ports, "COLUMNS": "200"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(started)
        return started

    def once(self) -> tuple[int, str, str]:
        """Run it once to its end; return the status and what it wrote."""
        started = self.start("--once")
        output, errors = started.communicate(timeout=120)
        return started.returncode, output, errors

    def failure(self) -> str:
        """Run it once; return the one sentence with which it fails."""
        status, _, errors = self.once()
        assert status == 1
        assert errors.count("\n") == 1, errors
        return errors

    def write_env(self, variables: Mapping[str, str]) -> None:
        """Write `.env`."""
        self.env_file.parent.mkdir(parents=True, exist_ok=True)
        lines = (f"{name}={value}\n" for name, value in variables.items())
        self.env_file.write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def launcher(small_company: Path, tmp_path: Path) -> Iterator[Launcher]:
    """The launcher beside a copy of the small company."""
    folder = tmp_path / "run"
    shutil.copytree(small_company, folder)
    launcher = Launcher(folder)
    yield launcher
    for started in launcher.started:
        started.kill()
        started.communicate()
