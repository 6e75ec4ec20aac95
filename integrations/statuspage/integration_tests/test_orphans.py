"""Nothing that the program started outlives it, however it ends."""

import os
import signal
from pathlib import Path

import pytest

from plain_ocean import SWITCH
from tests.account import Account

from .program import Program, eventually


def alive(group: int) -> list[str]:
    """The commands of a process group that are still there, but for those that only wait to be
    buried."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (place / "stat").read_text().rpartition(")")
        except OSError:
            continue
        state, _, its_group = rest.split()[:3]
        if int(its_group) == group and state not in "ZX":
            found.append(name)
    return found


@pytest.mark.parametrize(
    ("moment", "plain"),
    [
        ("Starting extract phase", "false"),
        ("Resync finished", "false"),
        # Ocean maps in a pool of forked processes then, which it does not end when it is killed.
        ("Resync finished", "true"),
    ],
)
def test_no_process_outlives_a_killed_program(
    program: Program, account: Account, tmp_path: Path, moment: str, plain: str
) -> None:
    account.add_page(components=5, incidents=20)
    log = tmp_path / "log"

    polling = {"OCEAN__EVENT_LISTENER": '{"type": "POLLING"}', SWITCH: plain}

    with program.sailing(log, **polling) as sailing:
        assert eventually(lambda: moment in log.read_text())
        group = sailing.group

        os.kill(group, signal.SIGKILL)

        assert eventually(lambda: alive(group) == [], seconds=15), alive(group)
