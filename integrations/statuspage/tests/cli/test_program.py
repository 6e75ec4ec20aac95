"""The program as it is installed, in a process of its own, with the world as it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from statuspage.cli.environment import Environment
from statuspage.cli.profiles import Profile
from statuspage.folders import cache_folder

from .real_server import PAGE, PAGE_NAME, RealServer


def test_the_program_works_from_any_folder_with_a_key_from_its_standard_input(
    real_server: RealServer, tmp_path: Path
) -> None:
    program = Path(sys.executable).with_name("statuspage")

    ended = subprocess.run(
        [program, "page", "list", "--token-file", "-", "--host", real_server.address],
        cwd=tmp_path,
        env={"PATH": os.defpath, "HOME": str(tmp_path)},
        input=f"{real_server.key}\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"{PAGE}\t{PAGE_NAME}\tacme\t" in ended.stdout.splitlines()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, Path("/x/statuspage")),
        ("linux", {}, Path.home() / ".cache/statuspage"),
        ("darwin", {}, Path.home() / "Library/Caches/statuspage"),
        ("win32", {"LOCALAPPDATA": "/local"}, Path("/local/statuspage/Cache")),
    ],
)
def test_names_are_kept_where_the_system_keeps_what_can_be_made_again(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], folder: Path
) -> None:
    monkeypatch.setattr(sys, "platform", platform)

    assert cache_folder(variables) == folder


async def test_the_environment_is_that_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    environment = Environment()
    profile = Profile(keyring_service="a-service", keyring_user="ada")

    async with environment.http(2.5, verify=False) as http:
        assert http.timeout.read == 2.5
    assert environment.variables is os.environ
    assert environment.utc().tzinfo is not None
    assert environment.clock().now() > 0
    names = ["the keyring (service a-service, user ada)", "secret-tool (attribute ada = a-service)"]
    assert [place.name for place in environment.places(profile)] == names
    assert [store.name for store in environment.stores(profile)] == names
