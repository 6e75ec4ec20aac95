"""What holds for the repository as a whole."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder.places import REPOSITORY

FENCED = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
WORKFLOWS = REPOSITORY / ".github" / "workflows"


def tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", pattern],  # noqa: S607
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [REPOSITORY / name for name in listed.split("\0") if (REPOSITORY / name).is_file()]


def projects() -> dict[str, dict[str, Any]]:
    """The pyproject of every part."""
    return {
        str(path.parent.relative_to(REPOSITORY)): tomllib.loads(path.read_text(encoding="utf-8"))
        for path in tracked("*pyproject.toml")
    }


def headings(document: Path) -> set[str]:
    """The headings of a document as GitHub names them."""
    found = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in found}


def jobs(name: str) -> dict[str, Any]:
    workflow = yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))
    found: dict[str, Any] = workflow["jobs"]
    return found


def commands(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.mark.parametrize(
    "document", tracked("*.md"), ids=lambda path: str(path.relative_to(REPOSITORY))
)
def test_every_link_to_a_file_or_a_heading_leads_somewhere(document: Path) -> None:
    text = FENCED.sub("", document.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\((?!\w+:)([^)\s]+)\)", text):
        path, _, heading = target.partition("#")
        file = document.parent / path if path else document
        assert file.exists(), target
        if heading:
            assert heading in headings(file), target


def test_every_part_says_its_licence_and_authors_and_a_package_its_addresses() -> None:
    for part, read in projects().items():
        project = read["project"]
        assert project["license"] == "Apache-2.0", part
        assert project["authors"], part
        if "build-system" in read:
            assert project["license-files"] == ["LICENSE"], part
            assert project["urls"], part


def test_every_licence_is_the_same() -> None:
    texts = {path.read_text(encoding="utf-8") for path in tracked("*LICENSE")}

    assert len(texts) == 1


def test_a_release_builds_a_package_of_every_part_that_is_one() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    (packages,) = re.findall(r"^PACKAGES := (.+)$", makefile, re.MULTILINE)

    built = {part for part, read in projects().items() if "build-system" in read}
    assert set(packages.split()) == built
    assert "make packages" in commands(jobs("release.yml")["packages"])


def test_a_release_builds_and_the_checks_try_an_image_of_every_dockerfile() -> None:
    there = {str(path.relative_to(REPOSITORY)) for path in tracked("*Dockerfile")}

    for name in ("checks.yml", "release.yml"):
        built = jobs(name)["images"]["strategy"]["matrix"]["include"]
        assert {one["file"] for one in built} == there, name


def test_ci_on_github_runs_the_same_script_as_everywhere() -> None:
    assert commands(jobs("checks.yml")["run"]) == [".ci/run"]


def test_a_release_needs_its_checks_and_a_tag_that_is_the_version() -> None:
    release = jobs("release.yml")

    assert release["checks"]["needs"] == "version"
    assert any("bin/version --is" in one for one in commands(release["version"]))
    assert {release[name]["needs"] for name in ("packages", "images")} == {"checks"}


@pytest.mark.parametrize("path", sorted(WORKFLOWS.glob("*.yml")), ids=lambda path: path.name)
def test_a_workflow_may_do_no_more_than_its_jobs_say(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert workflow["permissions"] == {"contents": "read"}


def test_a_commit_to_any_part_is_checked_before_it_is_made() -> None:
    text = (REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    (local,) = yaml.safe_load(text)["repos"]

    checked = {one.get("files", "").partition("/.*")[0].lstrip("^") for one in local["hooks"]}
    assert set(projects()) <= checked
    assert any(one["entry"] == "bin/version" for one in local["hooks"])


def test_no_lock_names_where_packages_come_from() -> None:
    locks = tracked("*.lock")

    assert locks
    assert [path for path in locks if "://" in path.read_text(encoding="utf-8")] == []
