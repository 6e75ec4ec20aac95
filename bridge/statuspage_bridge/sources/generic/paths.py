"""Paths into JSON: `monitor.id`, `alerts[*].name`, `data["odd key"]`, `rows[0]`. No I/O."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

_STEP = re.compile(
    r"""\.?(?P<name>[^.\[\]"\s]+)     # .name
    |\[(?P<index>\d+)\]               # [0]
    |\[(?P<all>\*)\]                  # [*]
    |\["(?P<quoted>[^"]+)"\]          # ["a name"]
    """,
    re.VERBOSE,
)

type Step = str | int | None


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the outside in; None is every one of a list."""

    steps: tuple[Step, ...]

    @classmethod
    def parse(cls, written: str) -> Self:
        """Return a path, or say with a ValueError what one looks like. `$` is where it begins."""
        rest = written.strip().removeprefix("$")
        steps: list[Step] = []
        while rest:
            match = _STEP.match(rest)
            if match is None:
                raise ValueError(
                    f'{written!r} is no path: write it as monitor.id, alerts[*] or tags["a b"]'
                )
            steps.append(_step(match))
            rest = rest[match.end() :]
        return cls(tuple(steps))

    def find(self, content: Any) -> Iterator[Any]:
        """Return everything that is there."""
        found = [content]
        for step in self.steps:
            found = [inner for one in found for inner in _inner(one, step)]
        yield from found


def _step(match: re.Match[str]) -> Step:
    if match["all"]:
        return None
    return int(match["index"]) if match["index"] else match["name"] or match["quoted"]


def _inner(content: Any, step: Step) -> list[Any]:
    match content, step:
        case dict(), str() if step in content:
            return [content[step]]
        case list(), int() if step < len(content):
            return [content[step]]
        case list(), None:
            return content
        case _:
            return []
