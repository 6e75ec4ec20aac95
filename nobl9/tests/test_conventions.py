"""What must stay in step across files, and what may be imported."""

import ast
import re
import sys
from pathlib import Path

import pytest
import statuspage

HERE = Path(__file__).parent
SOURCES = sorted((HERE.parent / "statuspage_nobl9").rglob("*.py"))
LONGEST = 250

# The lines of what Nobl9's scripts do, and where they fail:
# a no dry run, b a name passes where it cannot be verified, c two retry loops, d no Retry-After,
# e no jitter, f no timeout, g prose and JSON mixed, h every alert is posted again, i times without
# a zone, j secrets are printed.
LINES = {f"c1_{number}" for number in range(1, 16)} | {f"w1_{letter}" for letter in "abcdefghij"}
# A jitter (e) is nothing that a server could see.
NAMED = re.compile(r"(?:def test|and)_([cw]1_(?:\d+|[a-j]))_")
SERVER = set(HERE.glob("test_real_*.py"))
STAND_IN = set(HERE.glob("test_*.py")) - SERVER
OTHERS = {"click", "dotenv", "httpx", "statuspage", "statuspage_nobl9"}
OF_THE_COMMAND = {"statuspage.cli.extension", "statuspage.cli.log_notes"}


def imports(source: str) -> set[str]:
    """Return the modules that a source imports, relative ones aside."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module))
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_this_part_imports_the_library_and_nothing_else_of_the_project(path: Path) -> None:
    found = imports(path.read_text())
    below = {name for name in found if name.startswith("statuspage.")}

    assert {name.partition(".")[0] for name in found} <= sys.stdlib_module_names | OTHERS
    assert below <= {"statuspage.errors"} | (OF_THE_COMMAND if "commands" in path.parts else set())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_of_the_library_only_what_it_names_is_used(path: Path) -> None:
    names = {
        alias.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "statuspage"
        for alias in node.names
    }

    assert names <= set(statuspage.__all__)


def test_the_library_part_needs_no_click() -> None:
    outside = [path for path in SOURCES if "commands" not in path.parts]

    assert [path.name for path in outside if "click" in imports(path.read_text())] == []


@pytest.mark.parametrize(
    ("against", "files", "lines"),
    [
        ("the stand-in", STAND_IN, LINES),
        ("the server", SERVER, LINES - {"w1_e"}),
    ],
)
def test_every_line_of_the_original_is_named_by_a_test(
    against: str, files: set[Path], lines: set[str]
) -> None:
    tests = "\n".join(path.read_text() for path in files)

    assert set(NAMED.findall(tests)) == lines, against


def test_each_quirk_tells_its_evidence_what_is_done_and_where() -> None:
    _, *quirks = (HERE.parent / "QUIRKS.md").read_text().split("\n## ")

    for quirk in quirks:
        told = dict(re.findall(r"^\*\*(.+):\*\* (.+)$", quirk, re.MULTILINE))
        assert list(told) == ["Evidence", "What we do", "Where"], quirk
        assert re.search("https://|Reported", told["Evidence"]), quirk
        files = re.findall(r"`(.+?\.py)`", told["Where"])
        assert files
        assert [path for path in files if not (HERE.parent / path).exists()] == []


def test_files_are_short() -> None:
    for path in [*SOURCES, *HERE.glob("*.py")]:
        assert len(path.read_text().splitlines()) <= LONGEST, path


def test_the_lock_names_no_place_to_download_from() -> None:
    assert "://" not in (HERE.parent / "requirements-dev.lock").read_text()
