"""Conventions of the launcher, held by tests instead of by memory."""

import importlib
import inspect
import pkgutil
from pathlib import Path

import launcher
from launcher import errors
from launcher.errors import LauncherError
from tests.test_conventions import OUTSIDE, imports

PACKAGE = Path(launcher.__file__).parent


def test_it_starts_the_other_parts_and_imports_none_of_them() -> None:
    for path in PACKAGE.rglob("*.py"):
        found = {name.partition(".")[0] for name in imports(path)}
        assert found.isdisjoint({*OUTSIDE, "port_sandbox"}), path


def test_the_guard_needs_nothing_of_the_launcher() -> None:
    found = {name.partition(".")[0] for name in imports(PACKAGE / "guard.py")}
    assert "launcher" not in found


def test_every_error_hangs_on_the_tree_and_is_drawn() -> None:
    drawn = errors.__doc__ or ""
    for info in pkgutil.walk_packages([str(PACKAGE)], "launcher."):
        if info.name.endswith(("__main__", "guard")):
            continue
        for name, found in inspect.getmembers(importlib.import_module(info.name), inspect.isclass):
            if issubclass(found, Exception) and found.__module__.startswith("launcher"):
                assert issubclass(found, LauncherError), found
                assert name in drawn, name


def test_files_are_small() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 210, path
