"""Conan, called in the tests' own process: a process for each call takes a second."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conan.api.conan_api import ConanAPI
from conan.cli.cli import Cli
from real_server import PAGE, RealServer


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Conan:
    """Conan with the commands in its home."""

    home: Path
    server: RealServer
    monkeypatch: pytest.MonkeyPatch

    def bare(self, *words: str, given: str = "") -> Outcome:
        """Call a command with nothing but these words; `given` is its standard input."""
        out, err = io.StringIO(), io.StringIO()
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        with redirect_stdout(out), redirect_stderr(err):
            cli = Cli(ConanAPI(str(self.home)))
            try:
                cli.run(words)
                code = 0
            except BaseException as error:  # noqa: BLE001 (as Conan's own main does)
                code = cli.exception_exit_error(error)
        return Outcome(code, out.getvalue(), err.getvalue())

    def __call__(self, command: str, *words: str, given: str = "") -> Outcome:
        """Call one of our commands with a token and a page."""
        prepared = (f"statuspage:{command}", "-tk", self.server.key, "-p", PAGE)
        return self.bare(*prepared, *words, given=given)

    def done(self, command: str, *words: str, given: str = "") -> Outcome:
        """Call one of our commands, which succeeds."""
        outcome = self(command, *words, given=given)
        assert outcome.code == 0, outcome.err
        return outcome
