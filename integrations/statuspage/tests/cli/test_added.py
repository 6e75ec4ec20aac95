"""Commands of packages of their own: what `statuspage` does with and without them."""

from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest

from statuspage.cli import added, extension
from statuspage.cli.commands import ADDED
from statuspage.cli.exit_codes import ExitCode

from .calling import Caller

# As a package that is installed: Python finds its entry points by its metadata on the path.
METADATA = "Metadata-Version: 2.1\nName: made-up\nVersion: 1\n"
ENTRY_POINTS = "[statuspage.commands]\nhello = made_up_commands:command\n"
MODULE = (
    "from statuspage.cli.extension import command\n"
    "@command('hello', examples=['statuspage hello'])\n"
    "def command(): print('Hello from a package of its own')\n"
)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that adds the command `hello`."""
    folder = tmp_path / "made_up-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(METADATA)
    (folder / "entry_points.txt").write_text(ENTRY_POINTS)
    (tmp_path / "made_up_commands.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("installed")
def test_a_package_that_is_installed_adds_its_command(cli: Caller) -> None:
    said = cli("hello")

    assert (said.exit_code, said.stdout) == (0, "Hello from a package of its own\n")


def test_a_command_that_no_package_adds_is_wrong_use(cli: Caller) -> None:
    assert cli("hello").exit_code == ExitCode.WRONG_USE


@pytest.mark.parametrize("name", ADDED)
@pytest.mark.parametrize("words", [("check", "--json"), ("--help",), ()])
def test_one_of_this_repository_that_is_not_installed_says_what_to_install(
    cli: Caller, name: str, words: tuple[str, ...]
) -> None:
    said = cli(name, *words)

    assert (said.exit_code, said.stdout) == (ExitCode.FAILED, "")
    assert f"install statuspage-{name} into the Python that runs this command" in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_help_lists_those_of_this_repository_without_looking_for_any(cli: Caller) -> None:
    said = cli("--help").stdout

    assert [name for name in ADDED if f"\n  {name} " not in said] == []


def test_what_packages_may_use_is_there() -> None:
    assert [name for name in extension.__all__ if not hasattr(extension, name)] == []
    assert isinstance(extension.common_option("--made-up"), click.Option)


def test_the_entry_points_are_those_that_the_document_names() -> None:
    assert EntryPoint("a", "b:c", added.ENTRY_POINTS).group == "statuspage.commands"
    document = Path(__file__).parents[2] / "docs/command-line.md"
    assert f'[project.entry-points."{added.ENTRY_POINTS}"]' in document.read_text()
