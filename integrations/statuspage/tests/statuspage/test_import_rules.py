"""The library can be used without Ocean."""

import ast
from pathlib import Path

import pytest

import statuspage

MODULES = sorted(Path(statuspage.__path__[0]).rglob("*.py"))


def _imports(source: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(str(node.module))
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_the_library_imports_nothing_of_ocean(module: Path) -> None:
    assert not _imports(module.read_text()) & {"port_ocean", "integration", "client", "main"}


@pytest.mark.parametrize(
    "module",
    [path for path in MODULES if path.name != "shared_window.py"],
    ids=lambda path: path.name,
)
def test_only_the_shared_window_needs_redis(module: Path) -> None:
    source = module.read_text()

    assert "redis" not in _imports(source)
    assert "shared_window" not in source


def test_the_guard_sees_every_form_of_import() -> None:
    source = "import port_ocean.x\nif True:\n    from port_ocean.y import z\nfrom . import w"

    assert _imports(source) == {"port_ocean"}
