"""The worker process ends what never ends, and itself with its parent; nobody waits for it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mapping.errors import JqEnded, MappingFailed, MappingTooSlow
from mapping.mapper import Mapper
from mapping.program import Mapped, ProgramText
from mapping.worker_process import WorkerProcess

ROOT = Path(__file__).parents[2]
ENDLESS = "last(repeat(1))"
GREEDY = "[range(1e9)]"
SLOW = "reduce range(1e6) as $x (0; . + 1)"
PARENT = """
import asyncio
from mapping.mapper import Mapper
from mapping.program import ProgramText
from mapping.worker_process import WorkerProcess

async def main(expression, stay):
    process = WorkerProcess()
    mapper = Mapper(process)
    async def map(expression):
        await mapper.map(ProgramText("", "true", (expression,)), [{}], parse_all=False, limit=60)
    await map(".")
    print(process.pid, flush=True)
    await map(expression)
    print("mapped", flush=True)
    if stay:
        await asyncio.get_running_loop().create_future()
"""


async def mapped(mapper: Mapper, expression: str, count: int = 1, limit: float = 60) -> list[Any]:
    """Map objects by one expression; return what it gives for each."""
    program = ProgramText("", "true", (expression,))
    objects = [{"id": number} for number in range(count)]
    _, outcomes = await mapper.map(program, objects, parse_all=False, limit=limit)
    values = [one.values for one in outcomes if isinstance(one, Mapped)]
    return [value for [value] in filter(None, values)]


async def test_a_program_is_compiled_before_its_first_object_comes(mapper: Mapper) -> None:
    program = ProgramText("", "true", (".id", ".["))

    invalid, outcomes = await mapper.map(program, [], parse_all=False, limit=60)

    assert (invalid, outcomes) == ([1], [])


def soon(holds: Callable[[], bool]) -> bool:
    """Tell whether something comes true within seconds."""
    until = time.monotonic() + 20
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    return holds()


def state_of(pid: int) -> str:
    """Return the letter by which the system tells what a process does; Z when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def is_busy(pid: int) -> bool:
    """Tell whether a process has something to do for a while: not the end of what was before."""
    for _ in range(10):
        if state_of(pid) != "R":
            return False
        time.sleep(0.005)
    return True


def is_running(pid: int) -> bool:
    """Tell whether a process is there, and not only its number."""
    return state_of(pid) != "Z"


def resident(pid: int | None) -> int:
    """Return the bytes that a process has in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture
def parent() -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Start programs that map one expression; each says its worker process first."""
    started = []

    def start(last_line: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", PARENT + last_line],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


async def test_an_expression_that_never_ends_is_ended_in_time(
    mapper: Mapper, process: WorkerProcess
) -> None:
    await mapped(mapper, ".id")
    before = process.pid
    assert before is not None

    with pytest.raises(MappingTooSlow, match=r"not done with 3 objects after 0\.3 s"):
        await mapped(mapper, ENDLESS, 3, limit=0.3)

    assert not is_running(before)


async def test_an_expression_that_takes_all_memory_is_ended(
    mapper: Mapper, process: WorkerProcess
) -> None:
    await mapped(mapper, ".id")
    before = process.pid
    assert before is not None

    with pytest.raises(JqEnded, match="more memory"):
        await mapped(mapper, GREEDY)

    assert not is_running(before)


@pytest.mark.parametrize("expression", [ENDLESS, GREEDY])
async def test_what_comes_after_it_is_mapped(mapper: Mapper, expression: str) -> None:
    with pytest.raises(MappingFailed):
        await mapped(mapper, expression, limit=1)

    assert await mapped(mapper, ".id", 3) == [0, 1, 2]


async def test_a_process_that_is_gone_is_replaced(mapper: Mapper, process: WorkerProcess) -> None:
    await mapped(mapper, ".id")
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)

    with pytest.raises(MappingFailed):
        await mapped(mapper, ".id")

    assert await mapped(mapper, ".id", 2) == [0, 1]


async def test_who_gives_up_does_not_leave_the_process_busy(
    mapper: Mapper, process: WorkerProcess
) -> None:
    await mapped(mapper, ".id")
    before = process.pid
    assert before is not None
    waiting = asyncio.create_task(mapped(mapper, ENDLESS))
    await asyncio.sleep(0)
    assert soon(lambda: is_busy(before))
    waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert await mapped(mapper, ".id", 1, limit=20) == [0]
    assert not is_running(before)


async def test_who_gives_up_while_it_waits_disturbs_nobody(
    mapper: Mapper, process: WorkerProcess
) -> None:
    await mapped(mapper, ".id")
    before = process.pid
    first = asyncio.create_task(mapped(mapper, SLOW))
    second = asyncio.create_task(mapped(mapper, ENDLESS))
    await asyncio.sleep(0)
    second.cancel()

    assert await first == [1_000_000]
    assert process.pid == before


async def test_the_time_of_those_before_does_not_count(mapper: Mapper) -> None:
    first = asyncio.create_task(mapped(mapper, SLOW, 3))
    await asyncio.sleep(0)

    started = time.monotonic()
    assert await mapped(mapper, ".id", 1, limit=0.5) == [0]

    assert time.monotonic() - started > 0.5
    await first


async def test_a_single_object_is_mapped_before_the_rest_of_a_batch(mapper: Mapper) -> None:
    ended = []

    async def note(name: str, count: int) -> None:
        await mapped(mapper, "reduce range(1e4) as $x (0; . + 1)", count)
        ended.append(name)

    await asyncio.gather(note("batch", 400), note("single", 1))

    assert ended == ["single", "batch"]


@pytest.mark.parametrize("expression", [ENDLESS, SLOW])
async def test_the_event_loop_goes_on_meanwhile(mapper: Mapper, expression: str) -> None:
    await mapped(mapper, ".id")
    waiting = asyncio.create_task(mapped(mapper, expression))
    longest: list[float] = []
    # The machine may be busy otherwise.
    while len(longest) < 5 and not waiting.done():
        turns = []
        for _ in range(10):
            started = time.monotonic()
            await asyncio.sleep(0)
            turns.append(time.monotonic() - started)
        longest.append(max(turns))
    waiting.cancel()

    assert min(longest) < 0.05


def test_a_parent_that_is_killed_takes_a_busy_process_along(
    parent: Callable[[str], subprocess.Popen[str]],
) -> None:
    program = parent(f"asyncio.run(main({ENDLESS!r}, stay=True))")
    assert program.stdout is not None
    worker = int(program.stdout.readline())
    assert soon(lambda: state_of(worker) == "R")

    program.kill()

    assert soon(lambda: not is_running(worker))


def test_a_parent_that_is_killed_takes_an_idle_process_along(
    parent: Callable[[str], subprocess.Popen[str]],
) -> None:
    program = parent("asyncio.run(main('1', stay=True))")
    assert program.stdout is not None
    worker = int(program.stdout.readline())
    assert program.stdout.readline() == "mapped\n"

    program.kill()

    assert soon(lambda: not is_running(worker))


def test_a_program_that_ends_leaves_no_process(
    parent: Callable[[str], subprocess.Popen[str]],
) -> None:
    program = parent("asyncio.run(main('1', stay=False))")
    worker = int(program.communicate(timeout=30)[0].split()[0])

    assert not is_running(worker)


async def test_ctrl_c_is_for_the_parent(mapper: Mapper, process: WorkerProcess) -> None:
    await mapped(mapper, ".id")
    before = process.pid
    assert before is not None
    os.kill(before, signal.SIGINT)

    assert await mapped(mapper, ".id", 2) == [0, 1]
    assert process.pid == before


async def test_it_stays_small_however_much_it_maps(mapper: Mapper, process: WorkerProcess) -> None:
    await mapped(mapper, '[.id, "text", error?]', 1000)
    at_first = resident(process.pid)

    await mapped(mapper, '[.id, "text", error?]', 10_000)
    await mapped(mapper, ".id | error", 5000)

    assert at_first < 25_000_000
    assert resident(process.pid) < at_first + 1_000_000


def test_it_imports_nothing_but_jq() -> None:
    listing = (
        "import sys; before = set(sys.modules); import mapping.worker;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before}"
        "- sys.stdlib_module_names)"
    )
    command = [sys.executable, "-c", listing]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert {name for name in said.split() if "cython" not in name} == {"jq", "mapping"}
