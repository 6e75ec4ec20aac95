"""Conventions, held by tests instead of by memory."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import port_sandbox
from port_sandbox import errors
from port_sandbox.errors import SandboxError

PACKAGE = Path(port_sandbox.__file__).parent
OUTSIDE = {"port_ocean", "statuspage", "statuspage_server", "integrations"}
# The core decides: it knows neither the network nor the file.
SHELL = {"fastapi", "starlette", "httpx", "uvicorn", "asyncio", "socket", "sqlite3", "jinja2"}


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


def test_the_sandbox_imports_no_other_part_of_the_project() -> None:
    for path in sources():
        assert {name.partition(".")[0] for name in imports(path)}.isdisjoint(OUTSIDE), path


def test_the_core_is_pure() -> None:
    for path in (PACKAGE / "core").glob("*.py"):
        found = imports(path)
        assert {name.partition(".")[0] for name in found}.isdisjoint(SHELL), path
        ours = {name for name in found if name.startswith("port_sandbox.")}
        allowed = ("port_sandbox.core", "port_sandbox.errors")
        assert all(name.startswith(allowed) for name in ours), path


def test_every_error_hangs_on_the_tree() -> None:
    for info in pkgutil.walk_packages([str(PACKAGE)], "port_sandbox."):
        if info.name.endswith("__main__"):
            continue
        for _, found in inspect.getmembers(importlib.import_module(info.name), inspect.isclass):
            if issubclass(found, Exception) and found.__module__.startswith("port_sandbox"):
                assert issubclass(found, SandboxError), found


def test_the_drawn_tree_names_every_error() -> None:
    drawn = errors.__doc__ or ""
    for name, found in inspect.getmembers(errors, inspect.isclass):
        if issubclass(found, Exception):
            assert name in drawn


def test_files_are_small() -> None:
    for path in sources():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
