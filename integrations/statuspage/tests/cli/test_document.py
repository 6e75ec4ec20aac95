"""Every example of docs/command-line.md is run, against the server of this repository."""

import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from statuspage.cli.exit_codes import ExitCode
from statuspage.cli.options import COMMON
from statuspage.cli.profiles import parse

from .calling import Caller
from .keyring_in_memory import Keyring
from .real_server import HERE, RealServer

DOCUMENT = (HERE / "docs/command-line.md").read_text()
TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+\d\d:\d\d)")


def blocks() -> list[tuple[str, str]]:
    """Each block of commands, with the block of output behind it, if there is one."""
    found = re.findall(
        r"^```sh\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?", DOCUMENT, re.DOTALL | re.MULTILINE
    )
    return [(commands, output) for commands, output in found if "statuspage " in commands]


def commands(block: str) -> Iterator[str]:
    """The lines of a block that call the command."""
    for line in block.replace("\\\n", "").splitlines():
        if line.startswith("statuspage "):
            yield line


def is_endless(line: str) -> bool:
    """Whether only Ctrl-C ends it."""
    return line.startswith("statuspage watch") and "--once" not in line


class Shell:
    """Runs a line in this process; what stands behind a pipe is not run."""

    def __init__(self, cli: Caller, server: RealServer) -> None:
        self._cli = cli
        self._server = server

    def run(self, line: str) -> Result:
        words = shlex.split(line.replace("http://localhost:8080", self._server.address))
        words = words[: words.index("|")] if "|" in words else words
        words = words[: words.index(">")] if ">" in words else words
        typed = None
        if "<" in words:
            words, typed = words[: words.index("<")], f"{self._server.key}\n"
        home = str(self._cli.folder)
        words = [word.replace("~", home, 1) if word.startswith("~") else word for word in words]
        self._cli.impatient = is_endless(line)
        self._cli.terminal = words[1:] == ["auth", "login"]
        if self._cli.terminal:
            # The key, and which of the pages is meant.
            typed = f"{self._server.key}\n1\n"
        return self._cli(*words[1:], input=typed)


@pytest.fixture
def shell(cli: Caller, real_server: RealServer) -> Shell:
    Keyring().serve(cli)
    cli.handler, cli.now = None, datetime.now(UTC)
    cli.variables = {
        "STATUSPAGE_HOST": real_server.address,
        "STATUSPAGE_API_KEY": real_server.key,
    }
    return Shell(cli, real_server)


@pytest.mark.parametrize(("block", "output"), blocks())
def test_every_example_does_what_the_page_says(shell: Shell, block: str, output: str) -> None:
    said = ""
    for line in commands(block):
        ended = shell.run(line)
        expected = ExitCode.INTERRUPTED if is_endless(line) else ExitCode.DONE
        assert ended.exit_code == expected, f"{line}\n{ended.output}"
        said = ended.stdout

    if output:
        assert TIME.sub("TIME", said) == TIME.sub("TIME", output)


def rows() -> dict[str, str]:
    """The tables' rows by their first cells."""
    lines = [line.strip("|").split("|") for line in DOCUMENT.splitlines() if line.startswith("| ")]
    return {cells[0].strip(): cells[1].strip() for cells in lines}


def test_the_page_tells_every_exit_code() -> None:
    assert {code: rows().get(f"`{int(code)}`") for code in ExitCode} == {
        code: code.told for code in ExitCode
    }


def test_the_page_has_a_row_for_each_common_option() -> None:
    told = " ".join(rows())

    assert [
        flag
        for option in COMMON
        for flag in [*option.opts, *option.secondary_opts]
        if f"`{flag}`" not in told
    ] == []


def test_the_page_is_where_its_readers_are_sent() -> None:
    for name in ("README.md", "statuspage/README.md"):
        assert "docs/command-line.md" in (HERE / name).read_text(), name


def test_the_profile_on_the_page_is_one() -> None:
    blocks = re.findall(r"^```toml\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)
    (block,) = [one for one in blocks if "[profiles." in one]

    assert parse(block, None).name == "work"
    assert Path(parse(block, "staging").key_file).name == "staging.key"
