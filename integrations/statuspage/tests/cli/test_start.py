"""What `--help` costs and says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from statuspage.cli.commands import COMMANDS, GROUPS
from statuspage.cli.exit_codes import ExitCode

from .calling import Caller

SLOW = {"httpx", "rich", "keyring", "asyncio", "ssl", "tomllib", "logging"}


def test_help_imports_nothing_that_is_slow(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from statuspage.cli.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program, "--help"],
        cwd=Path(__file__).parents[2],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "Usage: statuspage" in ended.stdout
    assert {name.partition(".")[0] for name in ended.stderr.split()} & SLOW == set()


def test_the_command_says_what_to_install_where_its_packages_are_missing() -> None:
    program = (
        "import sys; sys.modules['click'] = None\n"
        "from statuspage.cli.__main__ import main\n"
        "main()\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert ended.stderr == (
        "The command needs the package click: pip install 'statuspage-client[cli]'\n"
    )


def test_help_names_every_group_every_command_and_every_exit_code(cli: Caller) -> None:
    said = cli("--help").stdout

    assert [name for name in [*GROUPS, *COMMANDS] if f"\n  {name} " not in said] == []
    assert [code for code in ExitCode if f"\n  {int(code)} " not in said] == []


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_a_group_helps_itself(cli: Caller, flag: str) -> None:
    said = cli("incident", flag)

    assert said.exit_code == 0
    assert "list" in said.stdout


def test_the_version_is_that_of_the_package(cli: Caller) -> None:
    assert cli("--version").stdout.strip().count(".") == 2
