"""What must stay in step across files, and what may be imported."""

import ast
import re
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SOURCES = sorted((HERE.parent / "extensions").rglob("*.py"))
LONGEST = 250

# The lines of what the original does, and where it fails.
LINES = {f"c0_{number}" for number in range(1, 13)} | {f"w0_{letter}" for letter in "abcdef"}


def imports(source: str) -> set[str]:
    """Return the packages that a source imports, relative ones aside."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_the_commands_import_the_library_and_nothing_else_of_the_project(path: Path) -> None:
    allowed = {"conan", "statuspage", "statuspage_commands", "httpx"}

    assert imports(path.read_text()) <= sys.stdlib_module_names | allowed


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_the_commands_can_be_read_by_every_python_that_conan_runs_on(path: Path) -> None:
    ast.parse(path.read_text(), feature_version=(3, 8))


def test_every_line_of_the_original_is_named_by_a_test() -> None:
    tests = "\n".join(path.read_text() for path in HERE.glob("test_*.py"))

    assert set(re.findall(r"(?:def test|and)_([cw]0_(?:\d+|[a-f]))_", tests)) == LINES


def test_files_are_short() -> None:
    for path in [*SOURCES, *HERE.glob("*.py")]:
        assert len(path.read_text().splitlines()) <= LONGEST, path
