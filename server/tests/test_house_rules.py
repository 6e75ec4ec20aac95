"""Conventions, held by tests instead of by memory."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Collection, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import statuspage_server
from statuspage_server import errors
from statuspage_server.cli import cli
from statuspage_server.errors import ServerError

PACKAGE = Path(statuspage_server.__file__).parent
OUTSIDE = {"port_ocean", "statuspage", "sandbox", "integrations"}
# The core decides: what it may import is this package's core and errors, and the standard library.
SHELL = {"sqlalchemy", "fastapi", "starlette", "httpx", "uvicorn", "asyncio", "socket"}


def sources() -> Iterator[Path]:
    yield from PACKAGE.rglob("*.py")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_the_server_imports_no_other_part_of_the_house() -> None:
    for path in sources():
        tops = {name.partition(".")[0] for name in imports(path)}
        assert tops.isdisjoint(OUTSIDE), path


def test_the_core_is_pure() -> None:
    for path in (PACKAGE / "core").glob("*.py"):
        found = imports(path)
        assert {name.partition(".")[0] for name in found}.isdisjoint(SHELL), path
        ours = {name for name in found if name.startswith("statuspage_server.")}
        assert all(
            name.startswith(("statuspage_server.core", "statuspage_server.errors")) for name in ours
        ), path


def test_every_error_of_the_package_hangs_on_the_tree() -> None:
    modules = pkgutil.walk_packages([str(PACKAGE)], "statuspage_server.")
    for info in modules:
        if info.name.endswith("__main__"):
            continue
        for _, found in inspect.getmembers(importlib.import_module(info.name), inspect.isclass):
            if issubclass(found, Exception) and found.__module__.startswith("statuspage_server"):
                assert issubclass(found, ServerError), found


def test_the_drawn_tree_names_every_error() -> None:
    drawn = errors.__doc__ or ""
    for name, found in inspect.getmembers(errors, inspect.isclass):
        if issubclass(found, Exception):
            assert name in drawn


def test_files_are_small() -> None:
    for path in sources():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 250, path


def test_every_command_has_help() -> None:
    for name, command in cli.commands.items():
        assert command.help, name


def modules() -> dict[str, set[str]]:
    """Every module with those of ours that it imports."""
    names = {_module_name(path): path for path in sources()}
    return {name: _ours(path, names) - {name} for name, path in names.items()}


def _module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def _ours(path: Path, names: Collection[str]) -> set[str]:
    """`from package import module` names a module too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, path
            inside = {f"{node.module}.{alias.name}" for alias in node.names} & set(names)
            found.update(inside or {str(node.module)})
    return found & set(names)


def packages() -> dict[str, set[str]]:
    """The folders right below `statuspage_server`, and the files beside them."""
    graph: dict[str, set[str]] = {}
    for name, imported in modules().items():
        top = _top(name)
        graph.setdefault(top, set()).update({_top(other) for other in imported} - {top})
    return graph


def _top(name: str) -> str:
    return ".".join(name.split(".")[:2])


@pytest.mark.parametrize("graph", [modules, packages])
def test_nothing_is_imported_in_a_circle(graph: Callable[[], dict[str, set[str]]]) -> None:
    assert list(TopologicalSorter(graph()).static_order())
