"""Where the blueprints stand in a drawing: what others point at is above them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from port_sandbox.core.json_types import Document

WIDTH, HEIGHT = 240, 60
GAP_X, GAP_Y = 50, 64
MARGIN = 24
BULGE = 72
LABEL = 190


@dataclass(frozen=True, slots=True)
class Box:
    """One blueprint."""

    identifier: str
    title: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """All relations from one blueprint to another."""

    source: str
    target: str
    names: tuple[str, ...]
    path: str
    label_x: int
    label_y: int
    beside: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it, and its size."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def drawn(blueprints: Sequence[Document]) -> Drawing:
    """Return a drawing of blueprints."""
    layers = _layers(blueprints)
    widest = max((len(layer) for layer in layers), default=1)
    inner = widest * (WIDTH + GAP_X) - GAP_X
    boxes: dict[str, Box] = {}
    for row, layer in enumerate(layers):
        left = MARGIN + (inner - (len(layer) * (WIDTH + GAP_X) - GAP_X)) // 2
        for place, blueprint in enumerate(layer):
            identifier = blueprint["identifier"]
            x, y = left + place * (WIDTH + GAP_X), MARGIN + row * (HEIGHT + GAP_Y)
            boxes[identifier] = Box(identifier, blueprint["title"], x, y)
    arrows = tuple(_arrows(blueprints, boxes))
    reach = max((arrow.label_x + LABEL for arrow in arrows if arrow.beside), default=0)
    return Drawing(
        boxes=tuple(boxes.values()),
        arrows=arrows,
        width=max(inner + 2 * MARGIN, reach),
        height=len(layers) * (HEIGHT + GAP_Y) - GAP_Y + 2 * MARGIN,
    )


def _layers(blueprints: Sequence[Document]) -> list[list[Document]]:
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

    layers: dict[int, list[Document]] = defaultdict(list)
    for identifier, blueprint in known.items():
        layers[depth(identifier, frozenset())].append(blueprint)
    return [layers[number] for number in sorted(layers)]


def _arrows(blueprints: Sequence[Document], boxes: dict[str, Box]) -> list[Arrow]:
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    for blueprint in blueprints:
        for name, relation in blueprint["relations"].items():
            if relation["target"] in boxes:
                pair = (blueprint["identifier"], relation["target"])
                between[pair].append(relation.get("title") or name)
    return [
        _arrow(boxes[source], boxes[target], tuple(names))
        for (source, target), names in between.items()
    ]


def _arrow(source: Box, target: Box, names: tuple[str, ...]) -> Arrow:
    rows = (source.y - target.y) // (HEIGHT + GAP_Y)
    if rows == 1:
        start, end = source.x + WIDTH // 2, target.x + WIDTH // 2
        top, bottom = target.y + HEIGHT, source.y
        middle = (top + bottom) // 2
        path = f"M{start},{bottom} C{start},{middle} {end},{middle} {end},{top}"
        label_x, label_y = (start + end) // 2, middle
    else:
        # Around the side, so that it crosses no box that stands between.
        side = max(source.x, target.x) + WIDTH
        out = side + BULGE * max(abs(rows), 1)
        start, end = source.y + HEIGHT // 2 - 8, target.y + HEIGHT // 2 + 8
        path = f"M{source.x + WIDTH},{start} C{out},{start} {out},{end} {target.x + WIDTH},{end}"
        label_x, label_y = side + (out - side) * 3 // 4 + 6, (start + end) // 2
    return Arrow(
        source.identifier, target.identifier, names, path, label_x, label_y, beside=rows != 1
    )
