"""Questions on a terminal, and that none is asked without one."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from statuspage.cli.app import App
from statuspage.cli.environment import Environment
from statuspage.cli.input import asking
from statuspage.cli.input.texts import message_options, read_message
from statuspage.cli.options import Options
from statuspage.cli.profiles import Profile

COLOURS = {"r": "red", "g": "green", "b": "blue"}


def app(*, terminal: bool, token_file: str | None = None) -> App:
    environment = Environment(can_ask=lambda: terminal, shows_colours=lambda: False)
    return App(environment, Options(profile=Profile(), token_file=token_file))


def asked(question: Callable[[App], object], typed: str = "", *, terminal: bool = True) -> Result:
    """Ask in a command of its own; what it returns is printed."""

    @click.command()
    def command() -> None:
        click.echo(repr(question(app(terminal=terminal))))

    return CliRunner().invoke(command, input=typed)


@pytest.mark.parametrize(
    "question",
    [
        lambda app: asking.ask_text(app, "--title", "Title"),
        lambda app: asking.ask_secret(app, "--title", "Key"),
        lambda app: asking.choose(app, "--title", "Colour", COLOURS),
        lambda app: asking.choose_several(app, "--title", "Colours", COLOURS),
        lambda app: asking.confirm(app, "--title", "Go on?"),
    ],
)
def test_without_a_terminal_the_missing_option_is_named(question: Callable[[App], object]) -> None:
    ended = asked(question, "anything\n", terminal=False)

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.endswith("Error: Missing option --title.\n")


def test_a_question_goes_to_standard_error() -> None:
    ended = asked(lambda app: asking.ask_text(app, "--title", "Title"), "Down\n")

    assert ended.stdout == "'Down'\n"
    assert ended.stderr.startswith("Title: ")


def test_a_secret_is_not_shown_while_it_is_typed() -> None:
    ended = asked(lambda app: asking.ask_secret(app, "--key", "Key"), "made-up-secret\n")

    assert ended.stdout == "'made-up-secret'\n"
    assert "made-up" not in ended.stderr


def test_one_is_chosen_by_its_number_and_a_wrong_number_is_asked_again() -> None:
    ended = asked(lambda app: asking.choose(app, "-c", "Colour", COLOURS), "4\n1,2\nred\n2\n")

    assert ended.stdout == "'g'\n"
    assert "   3  blue\n" in ended.stderr
    assert ended.stderr.count("Colour (1 to 3)") == 4


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("\n", []), ("2\n", ["g"]), ("1-3\n", ["r", "g", "b"]), ("3, 1\n", ["b", "r"])],
)
def test_several_are_chosen_by_numbers_and_spans(typed: str, chosen: list[str]) -> None:
    ended = asked(lambda app: asking.choose_several(app, "-c", "Colours", COLOURS), typed)

    assert ended.stdout == f"{chosen!r}\n"


def test_nothing_to_choose_from_is_told() -> None:
    ended = asked(lambda app: asking.choose(app, "-c", "Colour", {}))

    assert ended.exit_code == 4


@pytest.mark.parametrize("typed", ["n\n", "\n"])
def test_what_is_not_agreed_to_is_not_done(typed: str) -> None:
    ended = asked(lambda app: asking.confirm(app, "--yes", "Go on?"), typed)

    assert (ended.exit_code, ended.stdout) == (1, "")
    assert ended.stderr.endswith("Error: Nothing was done.\n")


def test_a_preview_cannot_steer_the_terminal() -> None:
    ended = asked(lambda app: asking.preview(app, "This is sent:", ["name: \x1b[2J"]))

    assert ended.stderr == "This is sent:\n  name: �[2J\n"


@given(st.text(alphabet="0123456789-, x", max_size=12), st.integers(1, 9))
def test_any_answer_is_numbers_within_the_list_or_refused(answer: str, count: int) -> None:
    try:
        numbers = asking.chosen_numbers(answer, count)
    except ValueError:
        return
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= set(range(1, count + 1))


@click.command()
@message_options
def _command(message: str | None, message_file: str | None, *, edit: bool) -> None:
    click.echo(repr(read_message(app(terminal=True), message, message_file, edit=edit, draft="?")))


def said(*arguments: str, typed: str = "", editor: str = "") -> Result:
    return CliRunner(env={"VISUAL": editor}).invoke(_command, arguments, input=typed)


def test_a_text_may_have_several_lines(tmp_path: Path) -> None:
    file = tmp_path / "text.md"
    file.write_text("# One\n\nTwo\n", encoding="utf-8")

    assert said("-m", "One\nTwo").stdout == r"'One\nTwo'" + "\n"
    assert said("-F", str(file)).stdout == r"'# One\n\nTwo'" + "\n"
    assert said("-F", "-", typed="One\nTwo\n").stdout == r"'One\nTwo'" + "\n"
    assert said().stdout == "None\n"


def test_an_editor_begins_with_what_is_there(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "and more" >> "$1"\n', encoding="utf-8")
    editor.chmod(0o755)

    assert said("--edit", editor=str(editor)).stdout == r"'?\nand more'" + "\n"
    assert said("--edit", "-m", "Down\n", editor=str(editor)).stdout == r"'Down\nand more'" + "\n"


def test_an_editor_in_which_nothing_was_written_ends_the_command() -> None:
    ended = said("--edit", editor="true")

    assert (ended.exit_code, ended.stdout) == (1, "")


@pytest.mark.parametrize(
    "arguments", [("-m", "a", "-F", "b"), ("-F", "there-is-no-such-file")], ids=["both", "no file"]
)
def test_a_text_that_cannot_be_read_is_wrong_use(arguments: tuple[str, ...]) -> None:
    assert said(*arguments).exit_code == 2


def test_standard_input_is_not_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("key"))

    with pytest.raises(click.UsageError, match="cannot hold both"):
        read_message(app(terminal=False, token_file="-"), None, "-", edit=False)


def test_no_editor_is_opened_without_a_terminal() -> None:
    with pytest.raises(click.UsageError, match="needs a terminal"):
        read_message(app(terminal=False), None, None, edit=True)
