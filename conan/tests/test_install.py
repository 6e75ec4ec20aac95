"""How the commands come to Conan, and what they do to it. These run real processes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from calling import Conan
from proxy import Proxy
from real_server import PAGE, SEARCH, RealServer

FOLDER = "extensions/commands/statuspage"
SOURCE = Path(__file__).parents[1] / FOLDER

# Conan's own main, on a path that has lost the library.
WITHOUT_THE_LIBRARY = """
import sys
from pathlib import Path
sys.path = [one for one in sys.path if not Path(one, "statuspage", "exports.py").exists()]
from conan.cli.cli import main
main(sys.argv[1:])
"""

# Conan's start, and what it had to import for that.
STARTS = """
import sys
from conan.api.conan_api import ConanAPI
from conan.cli.cli import Cli
Cli(ConanAPI()).run(["-v"])
print(sorted({"httpx", "asyncio", "statuspage.exports"} & sys.modules.keys()))
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A Conan home into which somebody copied the folder."""
    shutil.copytree(SOURCE, tmp_path / FOLDER, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(home: Path, *command: str | Path, host: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program as a user of Conan does, from a folder that has nothing to do with it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | {"CONAN_HOME": str(home), "STATUSPAGE_HOST": host}
    return subprocess.run(
        command, capture_output=True, text=True, cwd=home, env=environment, check=False
    )


def test_config_install_brings_the_commands_and_nothing_else(home: Path) -> None:
    installed = {path.relative_to(home / FOLDER) for path in (home / FOLDER).rglob("*.py")}

    assert installed == {path.relative_to(SOURCE) for path in SOURCE.rglob("*.py")}
    assert not {"tests", "README.md", "Makefile", "pyproject.toml", ".venv"} & {
        path.name for path in home.iterdir()
    }


def test_a_folder_that_was_copied_works(copied: Path, server: RealServer, proxy: Proxy) -> None:
    program = Path(sys.executable).with_name("conan")
    words = [
        "statuspage:create_incident",
        "-tk",
        server.key,
        "-p",
        PAGE,
        "-t",
        "Orders fail",
        "-c",
        SEARCH,
    ]

    ended = run(copied, program, *words, host=proxy.address)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("Created incident:\nIncident ID: ")
    assert server.status(SEARCH) == "major_outage"


def test_without_the_library_a_command_says_what_to_install(copied: Path) -> None:
    words = ["statuspage:create_incident", "-t", "Orders fail"]

    ended = run(copied, sys.executable, "-c", WITHOUT_THE_LIBRARY, *words)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        "ERROR: The library statuspage is missing. Install it from a copy of its repository into "
        f"the Python that runs Conan: {sys.executable} -m pip install "
        "'integrations/statuspage[keyring]'\n"
    )


def test_on_an_older_python_it_also_says_that_the_library_needs_a_newer_one() -> None:
    from statuspage_commands.library import missing  # noqa: PLC0415 (Conan's home has it)

    told = missing((3, 10), "python3.10")

    assert told.endswith("(it needs Python 3.12 or newer, and this one is 3.10)")


def test_conan_itself_starts_without_importing_the_client(copied: Path) -> None:
    ended = run(copied, sys.executable, "-c", STARTS)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[-1] == "[]"


def test_all_commands_are_listed(conan: Conan) -> None:
    listed = conan.bare("--help").out

    names = ("create_incident", "update_incident", "resolve_incident", "schedule_maintenance")
    for name in names:
        dashed = name.replace("_", "-")
        assert f"statuspage:{name} " in listed
        assert re.search(rf"statuspage:{dashed} +The same as statuspage:{name}\.\n", listed)
