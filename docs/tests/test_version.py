"""bin/version: one file says the version of all parts."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.places import REPOSITORY

PLACES = {
    "server/pyproject.toml": 'name = "x"\nversion = "1.2.3"\n',
    "server/statuspage_server/__init__.py": '__version__ = "1.2.3"\n',
    "integrations/statuspage/pyproject.toml": 'version = "1.2.3"\n',
    "integrations/statuspage/Dockerfile": "ARG INTEGRATION_VERSION=1.2.3\n",
    "integrations/statuspage/docs/install.md": "docker push x/port-ocean-statuspage:1.2.3\n",
    "integrations/statuspage/examples/helm/values.yaml": "integration:\n  # version: 1.2.3\n",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A repository of the version 1.2.3, as far as the program looks at it."""
    (tmp_path / "bin").mkdir()
    shutil.copy(REPOSITORY / "bin" / "version", tmp_path / "bin")
    for name, text in {"VERSION": "1.2.3\n", **PLACES}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def version(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, copy / "bin" / "version", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_repository_of_one_version_passes(copy: Path) -> None:
    assert version(copy).returncode == 0


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_says_another_version_is_named(copy: Path, place: str) -> None:
    file = copy / place
    file.write_text(file.read_text(encoding="utf-8").replace("1.2.3", "1.2.2"), encoding="utf-8")

    ended = version(copy)

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[1:] == [f"{place}: 1.2.2"]


def test_a_new_version_is_written_everywhere_and_nothing_else_changes(copy: Path) -> None:
    (copy / "VERSION").write_text("2.0.0\n", encoding="utf-8")

    ended = version(copy, "--write")

    assert ended.returncode == 0
    assert {name: (copy / name).read_text(encoding="utf-8") for name in PLACES} == {
        name: text.replace("1.2.3", "2.0.0") for name, text in PLACES.items()
    }
    assert version(copy).returncode == 0


@pytest.mark.parametrize(("tag", "code"), [("1.2.3", 0), ("1.2.4", 1), ("1.2", 1)])
def test_a_release_is_of_the_version_that_its_tag_says(copy: Path, tag: str, code: int) -> None:
    assert version(copy, "--is", tag).returncode == code


@pytest.mark.parametrize("told", ["", "1.2", "latest"])
def test_a_version_that_is_none_is_refused(copy: Path, told: str) -> None:
    (copy / "VERSION").write_text(told, encoding="utf-8")

    ended = version(copy)

    assert ended.returncode == 1
    assert "VERSION cannot be used" in ended.stderr
