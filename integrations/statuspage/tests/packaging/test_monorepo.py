"""The folder where it is to live one day: integrations/statuspage of the Ocean monorepo.

It is laid into a copy of that layout, and what the monorepo's CI does there is done.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from .files import HERE, load, text
from .test_dockerfile import INSTRUCTIONS

CONTEXT = "integrations/statuspage"
NOT_OURS = (".venv", ".env", "__pycache__", ".*_cache", ".hypothesis", ".coverage*", "junit")

VERSION = re.compile(r"## (\d+\.\d+\.\d+) \(\d{4}-\d{2}-\d{2}\)")
PROJECT = tomllib.loads(text("pyproject.toml"))
SECTIONS = {one["name"] for one in PROJECT["tool"]["towncrier"]["type"]}


@pytest.fixture(scope="module")
def monorepo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with nothing of ours but this folder."""
    root = tmp_path_factory.mktemp("ocean")
    shutil.copytree(HERE, root / CONTEXT, ignore=shutil.ignore_patterns(*NOT_OURS), symlinks=True)
    return root


def test_the_image_finds_everything_from_the_root_of_the_monorepo(monorepo: Path) -> None:
    sources = [
        source.replace("${BUILD_CONTEXT}", CONTEXT)
        for word, rest in INSTRUCTIONS
        if word == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    ]

    assert sources
    assert [one for one in sources if not one.startswith(f"{CONTEXT}/")] == []
    assert [one for one in sources if not list(monorepo.glob(one))] == []


def test_the_image_takes_the_arguments_of_the_monorepo_and_needs_none() -> None:
    given = dict(rest.split("=", 1) for word, rest in INSTRUCTIONS if word == "ARG")

    assert given["BUILD_CONTEXT"] == "."
    assert given["INTEGRATION_VERSION"]


@pytest.mark.parametrize(
    "target", ["install", "install/prod", "install/local-core", "lint", "test"]
)
def test_the_targets_that_the_ci_calls_are_there(monorepo: Path, target: str) -> None:
    ended = subprocess.run(
        ["/usr/bin/env", "make", "--dry-run", target, "UV=true"],
        cwd=monorepo / CONTEXT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr


def test_the_version_is_where_the_ci_looks_for_it() -> None:
    version = r'^version = "\d+\.\d+\.\d+(-(post1|dev|beta))?"$'

    assert re.search(version, text("pyproject.toml"), re.MULTILINE)


def test_the_type_of_the_integration_is_where_the_ci_looks_for_it() -> None:
    """https://github.com/port-labs/ocean/blob/main/.github/workflows/release-integrations.yml"""
    found = re.findall(r'^name = "(.*)"', text("pyproject.toml"), re.MULTILINE)

    assert found == [load("examples/helm/values.yaml")["integration"]["type"]]
    # Its package is released under another name, since this one is taken.
    assert PROJECT["project"]["name"] not in found


def test_no_requirement_is_this_project_itself() -> None:
    project = PROJECT["project"]
    optional = [one for extra in project["optional-dependencies"].values() for one in extra]
    wanted = [*project["dependencies"], *optional]

    assert [one for one in wanted if re.match(rf"{project['name']}\b", one)] == []


def test_every_version_in_the_changelog_has_its_date_and_usual_sections() -> None:
    lines = text("CHANGELOG.md").splitlines()
    versions = [line for line in lines if line.startswith("## ") and line != "## Unreleased"]
    sections = {line.removeprefix("### ") for line in lines if line.startswith("### ")}

    assert versions
    assert [line for line in versions if not VERSION.fullmatch(line)] == []
    assert sections <= SECTIONS


def test_the_changelog_has_the_blank_lines_that_the_ci_counts() -> None:
    """Two after a version and before the next one, one after the name of a section."""
    lines = text("CHANGELOG.md").splitlines()
    versions = [at for at, line in enumerate(lines) if VERSION.fullmatch(line)]
    sections = [at for at, line in enumerate(lines) if line.startswith("### ")]

    assert [lines[at + 1] or lines[at + 2] for at in versions] == [""] * len(versions)
    assert [at for at in versions if not lines[at + 3]] == []
    assert [at for at in sections if lines[at + 1] or not lines[at + 2]] == []
    assert [at for at in versions if lines[at - 1] or lines[at - 2] or not lines[at - 3]] == []


def test_no_file_leads_out_of_the_folder(monorepo: Path) -> None:
    inside = (monorepo / CONTEXT).resolve()
    links = [path for path in inside.rglob("*") if path.is_symlink()]

    assert [path for path in links if not path.resolve().is_relative_to(inside)] == []


def test_what_the_documents_and_the_image_say_holds_there_too(monorepo: Path) -> None:
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("tests/packaging/test_documents.py", "tests/packaging/test_dockerfile.py"),
        ],
        cwd=monorepo / CONTEXT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout
