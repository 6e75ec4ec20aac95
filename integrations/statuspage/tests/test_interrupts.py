"""Ctrl-C in the first moment of each program that is ours."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Ctrl-C is pressed while what the program imports is loaded.
INTERRUPTED = """
import importlib.abc, os, runpy, signal, sys

program, module = sys.argv.pop(1), sys.argv.pop(1)

class PressesCtrlC(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, PressesCtrlC())
runpy.run_module(program, run_name="__main__")
"""


def interrupted(program: str, module: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", INTERRUPTED, program, module],
        cwd=Path(__file__).parents[1],
        env={
            "PATH": os.environ["PATH"],
            "OCEAN__PORT__BASE_URL": "http://127.0.0.1:9",
            "OCEAN__PORT__CLIENT_ID": "any",
            "OCEAN__PORT__CLIENT_SECRET": "any",
            "OCEAN__INTEGRATION__CONFIG__STATUSPAGE_API_KEY": "made-up",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("program", "module"),
    [
        ("run_once", "port_ocean"),
        ("moving_over", "port_ocean"),
        ("install_actions", "port_ocean"),
        ("unsubscribe", "port_ocean"),
        ("statuspage.cli", "click"),
    ],
)
def test_ctrl_c_in_the_first_moment_is_quiet(program: str, module: str) -> None:
    ended = interrupted(program, module)

    assert (ended.returncode, ended.stdout, ended.stderr) == (-2, "", "")


def test_ctrl_c_while_the_integration_is_loaded_ends_a_run_with_130() -> None:
    ended = interrupted("run_once", "front_page")

    assert (ended.returncode, ended.stderr.strip()) == (130, "")
