"""Ctrl-C in the first moment."""

import subprocess
import sys

# Ctrl-C is pressed while what the program imports is loaded.
INTERRUPTED = """
import importlib.abc, os, runpy, signal, sys

class PressesCtrlC(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "port_sandbox.app":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, PressesCtrlC())
runpy.run_module("port_sandbox", run_name="__main__")
"""


def test_ctrl_c_in_the_first_moment_is_quiet() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (-2, "", "")
