"""The image's content, put together without Docker, run by a user who owns nothing."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from integration_tests.loopback import served
from tests.account import KEY, Account

from .conftest import OCEAN
from .files import CONFIG, HERE, guide
from .test_dockerfile import copied

SOMEBODY = "74123"
START = HERE / "docker/start.sh"
HEALTH = HERE / "docker/health.py"


def as_somebody() -> list[str]:
    """How a command is run by a user who owns nothing; who is not root is one already.

    The interpreter may lie where only root reads, so reading stays allowed. Writing does not.
    """
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        return []
    ids = [f"--reuid={SOMEBODY}", "--regid=0", "--clear-groups"]
    return ["setpriv", *ids, *(f"--{kind}-caps=+dac_read_search" for kind in ("inh", "ambient"))]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `/app` of the image."""
    app = tmp_path_factory.mktemp("image") / "app"
    app.mkdir()
    for source, target in copied().items():
        if target.startswith("/"):
            continue
        for path in HERE.glob(source):
            if path.is_dir():
                shutil.copytree(path, app / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(path, app / target)
    return app


def run(app: Path, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*as_somebody(), app / "docker/start.sh", *command],
        cwd=app,
        env={
            "PATH": os.defpath,
            "HOME": "/nonexistent",
            "PYTHONDONTWRITEBYTECODE": "1",
            # What the image has to itself, this machine shares with others.
            "MOUNTED_CERTIFICATES": "/nonexistent",
            "OCEAN__CACHING_STORAGE_MODE": "memory",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_whole_program_is_there_needs_no_home_and_writes_nothing_into_its_folder(
    app: Path, host: str, account: Account
) -> None:
    [page] = account.pages
    before = sorted(app.rglob("*"))

    ended = run(
        app,
        OCEAN,
        "probe",
        OCEAN__PORT__CLIENT_ID="somebody",
        OCEAN__PORT__CLIENT_SECRET="made-up-secret",
        **{f"{CONFIG}STATUSPAGE_API_KEY": KEY, f"{CONFIG}STATUSPAGE_HOST": host},
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "The API key is good. The pages that it sees: " in ended.stdout
    assert page in ended.stdout
    assert ended.stderr == ""
    assert sorted(app.rglob("*")) == before


def test_the_command_that_removes_subscriptions_is_there(
    app: Path, host: str, account: Account
) -> None:
    [page] = account.pages.values()
    page.subscribers.add("https://hooks.example.com/somebody-else")
    command = ["-m", "unsubscribe"]

    ended = run(
        app,
        OCEAN.with_name("python"),
        *command,
        OCEAN__PORT__CLIENT_ID="somebody",
        OCEAN__PORT__CLIENT_SECRET="made-up-secret",
        **{f"{CONFIG}STATUSPAGE_API_KEY": KEY, f"{CONFIG}STATUSPAGE_HOST": host},
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.endswith(f"({page.raw['id']}): 0 removed\n")
    assert ended.stderr == ""
    assert f"python {' '.join(command)}\n" in guide()


def test_start_becomes_the_command_so_that_signals_reach_it() -> None:
    with subprocess.Popen(
        [START, "sh", "-c", "echo $$"], stdout=subprocess.PIPE, text=True
    ) as process:
        said, _ = process.communicate(timeout=10)

    assert int(said) == process.pid


def trusted(tmp_path: Path, mounted: Mapping[str, str]) -> str:
    """What the command trusts when these certificates are mounted; the empty text: its default."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    for name, content in mounted.items():
        (folder / name).write_text(content)
    system = tmp_path / "system.crt"
    system.write_text("the system's\n")
    environment = {
        "PATH": os.defpath,
        "MOUNTED_CERTIFICATES": str(folder),
        "SYSTEM_CERTIFICATES": str(system),
        "CERTIFICATE_BUNDLE": str(tmp_path / "bundle.crt"),
    }
    show = 'test -z "${SSL_CERT_FILE:-}" || cat "$SSL_CERT_FILE"'
    return subprocess.run(
        [START, "sh", "-c", show], env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_mounted_certificates_are_trusted_beside_those_of_the_system(tmp_path: Path) -> None:
    said = trusted(
        tmp_path, {"cert.crt": "ours, with no newline at its end", "other.pem": "theirs"}
    )

    assert said.split("\n") == [
        "the system's",
        "",
        "ours, with no newline at its end",
        "theirs",
        "",
    ]


def test_without_mounted_certificates_nothing_changes(tmp_path: Path) -> None:
    assert trusted(tmp_path, {}) == ""


def health(port: int | str, **environment: str) -> int:
    settings = {"PATH": os.defpath, "APPLICATION__PORT": str(port), **environment}
    return subprocess.run([sys.executable, HEALTH], env=settings, check=False).returncode


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1), (404, 1)])
def test_health_is_what_the_integration_answers(status: int, code: int) -> None:
    with served(lambda _: httpx.Response(status)) as address:
        assert health(address.rpartition(":")[2]) == code


@pytest.mark.parametrize("prefix", ["ocean", "/ocean/"])
def test_health_is_asked_below_the_path_prefix(prefix: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200 if request.url.path == "/ocean/health/live" else 404)

    with served(answer) as address:
        assert health(address.rpartition(":")[2], OCEAN__PATH_PREFIX=prefix) == 0


def test_health_asks_no_proxy() -> None:
    with served(lambda _: httpx.Response(200)) as address:
        assert health(address.rpartition(":")[2], http_proxy="http://127.0.0.1:9") == 0


def test_a_port_where_nobody_answers_is_not_healthy() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))

        assert health(nobody.getsockname()[1]) == 1
