"""The map for newcomers, CONTRIBUTING.md: its places are there, and its two walks are short."""

import re
from pathlib import Path

import pytest

import resync

from .files import HERE, rows, text

MOST = 8


def walks() -> dict[str, list[str]]:
    """The steps of each walk, by its heading."""
    sections = text("CONTRIBUTING.md").split("\n### ")[1:]
    return {
        heading: re.findall(r"^\d+\. (.+)$", body.partition("\n## ")[0], re.MULTILINE)
        for heading, _, body in (section.partition("\n") for section in sections)
    }


WALKS = walks()


def file_of(step: str) -> str:
    """The file that a step enters: it is a link, and comes first."""
    (path,) = re.findall(r"^\[`([^`]+)`\]\(\1\) ", step)
    return str(path)


def helpers_of(step: str) -> list[Path]:
    """The files in brackets: they lie beside the one that is entered."""
    named = " ".join(re.findall(r" \(((?:`[^`]+`(?:, )?)+)\)", step))
    folder = (HERE / file_of(step)).parent
    return [folder / name for name in re.findall(r"`([^`]+)`", named)]


def test_there_is_a_walk_for_an_incident_and_one_for_a_webhook() -> None:
    assert [heading.split(":")[0] for heading in WALKS] == ["An incident in a resync", "A webhook"]


@pytest.mark.parametrize("name", WALKS)
def test_a_walk_enters_eight_files_at_most_and_none_of_them_twice(name: str) -> None:
    entered = [file_of(step) for step in WALKS[name]]

    assert 2 <= len(entered) <= MOST
    assert len(entered) == len(set(entered))


@pytest.mark.parametrize("name", WALKS)
def test_every_file_that_a_walk_names_is_there(name: str) -> None:
    named = [HERE / file_of(step) for step in WALKS[name]]
    helpers = [path for step in WALKS[name] for path in helpers_of(step)]

    assert helpers
    assert [path for path in [*named, *helpers] if not path.is_file()] == []


@pytest.mark.parametrize("name", WALKS)
def test_a_walk_ends_where_entities_are_made(name: str) -> None:
    assert file_of(WALKS[name][-1]) == ".port/resources/port-app-config.yaml"


def test_every_place_of_the_map_is_there_and_no_package_is_missing() -> None:
    places = [
        place for cell, *_ in rows("CONTRIBUTING.md") for place in re.findall(r"`([^`]+)`", cell)
    ]
    packages = {f"{path.parent.name}/" for path in HERE.glob("*/__init__.py")}

    assert [place for place in places if not (HERE / place).exists()] == []
    assert packages <= set(places)


def test_the_table_of_contents_of_the_resync_names_each_of_its_files() -> None:
    named = re.findall(r"^(\w+)  +\w", str(resync.__doc__), re.MULTILINE)
    files = [path.stem for path in (HERE / "resync").glob("[a-z]*.py")]

    assert sorted(named) == sorted(files)
