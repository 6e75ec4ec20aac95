"""What happens before the launcher has said a word."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from launcher.addresses import free_port, url
from launcher.paths import ROOT

# Ctrl-C is pressed while the launcher's own imports are under way.
INTERRUPTED = """
import importlib.abc, os, runpy, signal, sys

class PressesCtrlC(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "launcher.running":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, PressesCtrlC())
sys.argv[1:] = ["--directory", "nowhere"]
runpy.run_module("launcher", run_name="__main__")
"""


def test_ctrl_c_in_the_first_moment_is_quiet(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "sandbox")},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (-2, "", "")


@pytest.mark.parametrize("variable", ["SANDBOX_PORT", "INTEGRATION_PORT", "BRIDGE_PORT"])
def test_one_port_for_two_programs_is_told_before_anything_starts(
    tmp_path: Path, variable: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "launcher", "--directory", tmp_path / "kept", "--env-file", "none"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "sandbox"),
            "SERVER_PORT": "9000",
            variable: "9000",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == (
        f"make run: SERVER_PORT and {variable} are both 9000: choose another for one of them, "
        f"for example make run {variable}=9001.\n"
    )


def test_without_uv_and_without_a_network_it_says_so(tmp_path: Path) -> None:
    python = shutil.which("python3.12") or shutil.which("python3.13")
    if python is None or not (ROOT / "bin/uv").exists():
        pytest.skip("uv is installed by a Python of the system")
    (tmp_path / "path").mkdir()
    (tmp_path / "repository/bin").mkdir(parents=True)
    for program in ("sh", "dirname", "rm", "mkdir", "mv", "env"):
        (tmp_path / "path" / program).symlink_to(str(shutil.which(program)))
    # A shim of a version manager would look for its own tools.
    real = subprocess.run(
        [python, "-c", "import sys; print(sys.executable)"],
        capture_output=True,
        text=True,
        check=True,
    )
    (tmp_path / "path/python3.12").symlink_to(real.stdout.strip())
    shutil.copy(ROOT / "bin/uv", tmp_path / "repository/bin/uv")

    ended = subprocess.run(
        [tmp_path / "repository/bin/uv", "--version"],
        env={
            "PATH": str(tmp_path / "path"),
            "HOME": str(tmp_path),
            "PIP_INDEX_URL": url(free_port()),
            "PIP_CONFIG_FILE": "/dev/null",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("There is no network, or no way to the package registry, and")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("found", "downloaded", "said"),
    [
        (0, 1, ""),
        (1, 0, ""),
        (2, 2, "There is no Python 3.12 or 3.13 here, and uv could not download one: install it, "),
    ],
)
def test_without_a_python_and_without_a_network_it_says_so_in_one_sentence(
    tmp_path: Path, found: int, downloaded: int, said: str
) -> None:
    if not (ROOT / "bin/uv").exists():
        pytest.skip("the repository's bin/uv is not beside this folder")
    uv = tmp_path / "uv"
    uv.write_text(
        f"""#!/bin/sh
case "$*" in
    "python find"*) echo "error: No interpreter found" >&2; exit {found} ;;
    "python install"*) echo "error: Request failed" >&2; exit {downloaded} ;;
esac
""",
        encoding="utf-8",
    )
    uv.chmod(0o755)

    ended = subprocess.run(
        [ROOT / "bin/uv", "venv", "--python", ">=3.12,<3.14", ".venv"],
        env={"PATH": f"{tmp_path}:{os.defpath}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert ended.returncode == (1 if said else 0)
    assert ended.stderr.startswith(said)
    assert ended.stderr.count("\n") == (1 if said else 0)
