"""The library stands alone, and what stands on it uses its public names."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import statuspage

LIBRARY = Path(statuspage.__path__[0])
ROOT = LIBRARY.parent
MODULES = sorted(LIBRARY.rglob("*.py"))
INTEGRATION = sorted(
    path
    for path in ROOT.rglob("*.py")
    if path.relative_to(ROOT).parts[0]
    not in {".venv", "build", "dist", "statuspage", "tests", "integration_tests"}
)
ALLOWED = {"httpx", "redis", "statuspage"}
ALSO_ALLOWED = {"cli": {"click", "rich"}, "keys": {"keyring"}}


def _imports(source: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each module that is imported from outside, with the names that are taken from it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module), [alias.name for alias in node.names]


def _private(source: str) -> list[str]:
    """Return what a source takes of the library that the package does not name."""
    found = []
    for module, names in _imports(source):
        if module.startswith("statuspage."):
            found.append(module)
        elif module == "statuspage":
            found += [name for name in names if name not in statuspage.__all__]
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_the_library_imports_nothing_but_what_its_part_is_allowed(module: Path) -> None:
    packages = {name.partition(".")[0] for name, _ in _imports(module.read_text())}
    part = module.relative_to(LIBRARY).parts[0]

    assert packages <= sys.stdlib_module_names | ALLOWED | ALSO_ALLOWED.get(part, set())


@pytest.mark.parametrize("module", INTEGRATION, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_integration_uses_only_what_the_package_names(module: Path) -> None:
    assert _private(module.read_text()) == []


def test_a_client_that_shares_no_window_needs_no_redis() -> None:
    program = (
        "import sys; sys.modules['redis'] = None\n"
        "import statuspage\n"
        "statuspage.connect('made-up')\n"
        "try: statuspage.connect('made-up', redis_url='redis://localhost')\n"
        "except statuspage.UnusableArgument as error: print(error)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    needed = "redis_url needs the package redis: pip install 'statuspage-client[redis]'.\n"
    assert (ended.stderr, ended.stdout) == ("", needed)


def test_every_public_name_is_there() -> None:
    assert [name for name in statuspage.__all__ if not hasattr(statuspage, name)] == []


def test_the_guard_sees_every_form_of_import() -> None:
    source = (
        "import port_ocean.x\nif True:\n    from port_ocean.y import z\nfrom . import w\n"
        "import statuspage.paging\nfrom statuspage.client import Listing\n"
        "from statuspage import connect, endpoints\n"
    )

    assert {"port_ocean.x", "port_ocean.y"} <= {module for module, _ in _imports(source)}
    assert _private(source) == ["statuspage.paging", "statuspage.client", "endpoints"]
