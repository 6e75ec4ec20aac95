"""Where the blueprints stand in a drawing: one below the other, what others point at above them.

A relation to the next blueprint above is a straight arrow. Every other one leaves at the right and
runs in a lane of its own, so that no arrow crosses a box and no text lies on a line.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from port_sandbox.core.json_types import Document

WIDTH, HEIGHT, GAP, MARGIN = 270, 62, 46, 2
# The room for names beside the boxes, and the distances between lanes and between ends of arrows.
NAMES, LANE, END = 160, 18, 24
CORNER = 8

type Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """One blueprint."""

    identifier: str
    title: str
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """All relations from one blueprint to another."""

    source: str
    target: str
    names: tuple[str, ...]
    path: str
    label_x: int
    label_y: int
    label_width: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it, and its size."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def ordered(blueprints: Sequence[Document]) -> list[Document]:
    known = {blueprint["identifier"]: blueprint for blueprint in blueprints}
    depths: dict[str, int] = {}

    def depth(identifier: str, passed: frozenset[str]) -> int:
        # A circle of relations is cut where it closes.
        if identifier in passed or identifier not in known:
            return -1
        if identifier not in depths:
            relations = known[identifier]["relations"].values()
            deeper = [depth(one["target"], passed | {identifier}) for one in relations]
            depths[identifier] = 1 + max(deeper, default=-1)
        return depths[identifier]

    return sorted(blueprints, key=lambda one: depth(one["identifier"], frozenset()))


def drawn(blueprints: Sequence[Document]) -> Drawing:
    rows = {one["identifier"]: row for row, one in enumerate(ordered(blueprints))}
    names = _named(blueprints, rows)
    lanes = _lanes([pair for pair in names if rows[pair[0]] != rows[pair[1]] + 1], rows)
    ends = {one: _ends(one, lanes, rows) for one in rows}
    boxes: dict[str, Box] = {}
    below = MARGIN
    for blueprint in ordered(blueprints):
        one = blueprint["identifier"]
        height = max(HEIGHT, (len(ends[one]) + 1) * END)
        boxes[one] = Box(one, blueprint["title"], MARGIN, below, height)
        below += height + GAP
    arrows = [
        _around(pair, names[pair], boxes, ends, lanes[pair])
        if pair in lanes
        else _straight(pair, names[pair], boxes)
        for pair in names
    ]
    beside = NAMES + (max(lanes.values()) + 1) * LANE if lanes else 0
    return Drawing(
        tuple(boxes.values()), tuple(arrows), WIDTH + beside + 2 * MARGIN, below - GAP + MARGIN
    )


def _named(blueprints: Sequence[Document], rows: dict[str, int]) -> dict[Pair, tuple[str, ...]]:
    names: dict[Pair, list[str]] = defaultdict(list)
    for blueprint in blueprints:
        for name, relation in blueprint["relations"].items():
            if relation["target"] in rows:
                pair = (blueprint["identifier"], relation["target"])
                names[pair].append(relation.get("title") or name)
    return {pair: tuple(one) for pair, one in names.items()}


def _lanes(pairs: Sequence[Pair], rows: dict[str, int]) -> dict[Pair, int]:
    """Return a lane for each, the short ways inside: no two ways share a stretch of a lane."""
    lanes: dict[Pair, int] = {}
    taken: list[list[tuple[int, int]]] = []
    for pair in sorted(pairs, key=lambda one: abs(rows[one[0]] - rows[one[1]])):
        low, high = sorted(rows[one] for one in pair)
        lane = 0
        while lane < len(taken) and any(low < end and start < high for start, end in taken[lane]):
            lane += 1
        if lane == len(taken):
            taken.append([])
        # A way back to the same box passes no other, but stands within a longer one.
        taken[lane].append((low, high))
        lanes[pair] = lane
    return lanes


def _ends(box: str, lanes: dict[Pair, int], rows: dict[str, int]) -> list[tuple[Pair, bool]]:
    """Return the ends of arrows at a box, from the top; each with whether it begins there.

    Those that go up stand above those that go down, and inner lanes outside of outer ones: so the
    ways cross as little as they can.
    """
    found: list[tuple[int, int, tuple[Pair, bool]]] = []
    for pair, lane in lanes.items():
        for one, other, begins in ((*pair, True), (*pair[::-1], False)):
            if one == box:
                way = (rows[other] > rows[box]) - (rows[other] < rows[box])
                found.append((way, -lane if way > 0 else lane, (pair, begins)))
    return [end for *_, end in sorted(found, key=lambda one: one[:2])]


def _straight(pair: Pair, names: tuple[str, ...], boxes: dict[str, Box]) -> Arrow:
    source, target = (boxes[one] for one in pair)
    x, top = source.x + WIDTH // 2, target.y + target.height
    return Arrow(
        *pair,
        names,
        path=f"M{x},{source.y} V{top}",
        label_x=x + 10,
        label_y=(top + source.y) // 2,
        label_width=WIDTH // 2 - 10,
    )


def _around(
    pair: Pair,
    names: tuple[str, ...],
    boxes: dict[str, Box],
    ends: dict[str, list[tuple[Pair, bool]]],
    lane: int,
) -> Arrow:
    def height_of(box: Box, *, begins: bool) -> int:
        here = ends[box.identifier]
        return box.y + box.height * (here.index((pair, begins)) + 1) // (len(here) + 1)

    start = height_of(boxes[pair[0]], begins=True)
    end = height_of(boxes[pair[1]], begins=False)
    edge = MARGIN + WIDTH
    x = edge + NAMES + lane * LANE + LANE // 2
    turn = CORNER if end > start else -CORNER
    path = (
        f"M{edge},{start} H{x - CORNER} Q{x},{start} {x},{start + turn}"
        f" V{end - turn} Q{x},{end} {x - CORNER},{end} H{edge}"
    )
    return Arrow(
        *pair,
        names,
        path=path,
        label_x=edge + 10,
        label_y=start - 10,
        label_width=NAMES - 10,
    )
