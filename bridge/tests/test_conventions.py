"""What must stay in step across files, and what may be imported."""

import ast
import re
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SOURCES = sorted((HERE.parent / "statuspage_bridge").rglob("*.py"))
LONGEST = 250

# The lines of what Pagerstatus does, and where it fails.
LINES = {f"c2_{number}" for number in range(1, 12)} | {f"w2_{letter}" for letter in "abcdefghi"}
OTHERS = {
    "click",
    "httpx",
    "jinja2",
    "mangum",
    "prometheus_client",
    "pydantic",
    "sqlalchemy",
    "starlette",
    "statuspage",
    "statuspage_bridge",
    "statuspage_nobl9",
    "uvicorn",
    "yaml",
}


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
def test_the_bridge_imports_the_two_libraries_and_nothing_else_of_the_project(
    path: Path,
) -> None:
    assert imports(path.read_text()) <= sys.stdlib_module_names | OTHERS


def test_what_is_decided_is_decided_without_any_io() -> None:
    for path in (HERE.parent / "statuspage_bridge/core").glob("*.py"):
        assert imports(path.read_text()) <= sys.stdlib_module_names - {"asyncio", "os", "time"}


def test_every_line_of_the_original_is_named_by_a_test() -> None:
    tests = "\n".join(path.read_text() for path in HERE.rglob("test_*.py"))

    assert set(re.findall(r"(?:def test|\d)_([cw]2_(?:\d+|[a-i]))_", tests)) == LINES


def test_files_are_short() -> None:
    for path in [*SOURCES, *HERE.rglob("*.py")]:
        assert len(path.read_text().splitlines()) <= LONGEST, path
