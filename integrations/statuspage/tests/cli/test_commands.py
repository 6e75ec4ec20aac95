"""Every command is where its name says, and helps with examples that can be typed as they stand."""

import re
import shlex
from pathlib import Path

import click
import pytest

from statuspage.cli import commands
from statuspage.cli.commanding import Command, Group
from statuspage.cli.commands import COMMANDS, GROUPS
from statuspage.cli.root import root

from .calling import Caller

FOLDER = Path(commands.__path__[0])
NAMES = [
    *((group, name) for group, (_, told) in GROUPS.items() for name in told),
    *((name,) for name in COMMANDS),
]


def found(*names: str) -> tuple[click.Command, click.Context]:
    """The command of these words."""
    context = click.Context(root, info_name="statuspage")
    command: click.Command = root
    for name in names:
        assert isinstance(command, Group)
        child = command.get_command(context, name)
        assert child is not None, names
        command, context = child, click.Context(child, info_name=name, parent=context)
    return command, context


def examples() -> list[str]:
    every = [root, *(found(*names)[0] for names in NAMES)]
    return [example for one in every if isinstance(one, Command) for example in one.examples]


def test_every_module_of_a_command_is_in_the_table_and_the_other_way_round() -> None:
    modules = {
        path.relative_to(FOLDER).with_suffix("").parts
        for path in FOLDER.rglob("*.py")
        if path.name != "__init__.py"
    }

    assert modules == set(NAMES)


@pytest.mark.parametrize("names", NAMES, ids=" ".join)
def test_every_command_says_what_it_does_and_gives_examples_of_itself(
    names: tuple[str, ...], cli: Caller
) -> None:
    command, _ = found(*names)
    said = cli(*names, "--help")

    assert said.exit_code == 0
    assert isinstance(command, Command)
    assert command.help
    assert command.examples
    for example in command.examples:
        assert example.startswith(f"statuspage {' '.join(names)}")
        assert example in said.stdout


@pytest.mark.parametrize("names", NAMES, ids=" ".join)
def test_every_option_is_explained(names: tuple[str, ...]) -> None:
    command, _ = found(*names)

    assert [
        option.name
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ] == []


@pytest.mark.parametrize("example", examples())
def test_every_example_is_understood(example: str) -> None:
    words = shlex.split(re.split(r" [|<>] ?", example)[0])[1:]
    names = next(
        (
            names
            for names in NAMES
            if tuple(words[: len(names)]) == names and len(names) <= len(words)
        ),
        (),
    )
    command, context = found(*names)

    command.parse_args(context, words[len(names) :])
