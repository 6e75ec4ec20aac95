"""The process that runs jq: it maps what comes in, until the pipe closes."""

import fcntl
import gc
import os
import resource
import select
import signal
import sys
from typing import IO

from .frames import read_frame, write_frame
from .program import Program, ProgramText


def main(lifeline: int, memory: int) -> None:
    """Serve the process that holds the other end of the lifeline, and end with it."""
    # Ctrl-C goes to all processes of a terminal; it is for the parent to decide.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        # Elsewhere a developer lives without.
        _end_with_parent(lifeline)
        _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CORE, 0)
    # jq's values become Python's where no exception gets out: they would be lost without a word.
    sys.unraisablehook = lambda _: os._exit(1)
    # Nothing here refers to itself.
    gc.disable()
    serve(sys.stdin.buffer, sys.stdout.buffer)


def serve(requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer one request after the other."""
    programs: dict[int, Program] = {}
    while True:
        try:
            number, text, parse_all, objects = read_frame(requests)
        except EOFError:
            return
        if text is not None:
            programs[number] = Program(ProgramText(*text))
        program = programs[number]
        outcomes = [tuple(program.map(one, parse_all=parse_all)) for one in objects]
        write_frame(replies, (program.invalid, outcomes))


def _end_with_parent(lifeline: int) -> None:
    """Have the kernel end this process when its parent ends, even in the midst of an expression.

    Nothing ever comes through the lifeline, so the one signal says that it was cut.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:
        sys.exit()


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(what, (most, hard))
