"""What `pip install` of this folder gives: the client alone."""

import re
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from .files import HERE, text

PROJECT = tomllib.loads(text("pyproject.toml"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the backend itself, which needs no network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=HERE, capture_output=True, check=True)
    (built,) = folder.glob("*.whl")
    return built


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def test_the_wheel_holds_every_file_of_the_client_and_no_other(wheel: Path) -> None:
    sources = {
        str(path.relative_to(HERE))
        for path in (HERE / "statuspage").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert names == sources
    assert "statuspage/py.typed" in names


def test_the_wheel_requires_httpx_alone(wheel: Path) -> None:
    required = metadata(wheel).get_all("Requires-Dist", [])

    assert [one.split("<")[0] for one in required if "extra ==" not in one] == ["httpx"]


@pytest.mark.parametrize(
    ("extra", "packages"), [("cli", {"click", "rich"}), ("keyring", {"keyring"})]
)
def test_the_command_needs_no_more_than_its_extras(
    wheel: Path, extra: str, packages: set[str]
) -> None:
    required = metadata(wheel).get_all("Requires-Dist", [])

    assert {
        one.split(">")[0] for one in required if re.search(f"extra == ['\"]{extra}['\"]", one)
    } == packages


def test_the_wheel_brings_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/entry_points.txt"))
        entry_points = archive.read(name).decode()

    assert entry_points == "[console_scripts]\nstatuspage = statuspage.cli.__main__:main\n"


def test_the_wheel_is_described_by_the_page_of_the_client(wheel: Path) -> None:
    assert metadata(wheel).get_payload() == text("statuspage/README.md")
    assert metadata(wheel)["Version"] == PROJECT["version"]


def test_the_client_can_be_imported_from_the_wheel_without_anything_of_the_integration(
    wheel: Path, tmp_path: Path
) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import statuspage\n"
        "print(statuspage.__file__.startswith(sys.argv[1]), 'port_ocean' in sys.modules)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program, str(wheel)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.stderr, ended.stdout) == ("", "True False\n")
