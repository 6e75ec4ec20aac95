"""A scorecard as a table: each entity that it is about against each of its rules."""

from collections import Counter
from dataclasses import dataclass

from port_sandbox.core.dataset import names_in
from port_sandbox.core.entities import Entity
from port_sandbox.core.json_types import Document
from port_sandbox.core.news import moment_of
from port_sandbox.core.scorecards import DEFAULT_LEVELS, scored
from port_sandbox.page.cells import COLORS
from port_sandbox.page.widgets.readings import Readings
from port_sandbox.storage.tables import TITLE, Choice, Order

# Judging an entity costs as much as reading it whole.
MOST = 300
FIRST = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One entity: its level, and how each rule came out."""

    entity: Entity
    level: str
    passed: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One scorecard; `levels` are the titles from the highest on, with colour and count."""

    identifier: str
    title: str
    blueprint: Document
    levels: tuple[tuple[str, str, int], ...]
    colors: dict[str, str]
    rules: tuple[Document, ...]
    judged: tuple[Judged, ...]
    # How many entities are judged at all, and of how many.
    count: int
    total: int


def cards(readings: Readings, chosen: str = "") -> list[Card]:
    """Return all scorecards, each with its first entities; a chosen one alone, with all of them."""
    every = readings.sandbox.scorecards.all()
    return [
        _card(one, readings, MOST if chosen else FIRST)
        for one in every
        if chosen in {"", f"{one['blueprint']}/{one['identifier']}"}
    ]


def _card(card: Document, readings: Readings, most: int) -> Card:
    blueprint = readings.blueprint(card["blueprint"])
    newest = moment_of(blueprint)
    order = Order(newest or TITLE, descending=newest is not None)
    choice = Choice(card["blueprint"])
    tables = readings.sandbox.tables
    names = names_in(card.get("filter")).union(*(names_in(one["query"]) for one in card["rules"]))
    judged: list[Judged] = []
    for entity in tables.page(choice, order, MOST):
        score = scored(card, readings.subject(entity, names), readings.now)
        if score is not None:
            passed = tuple(rule["status"] == "SUCCESS" for rule in score["rules"])
            judged.append(Judged(entity, score["level"], passed))
    levels = card.get("levels") or DEFAULT_LEVELS
    colors = {one["title"]: _color(one) for one in levels}
    counts = Counter(one.level for one in judged)
    return Card(
        identifier=card["identifier"],
        title=str(card.get("title") or card["identifier"]),
        blueprint=blueprint,
        levels=tuple((one, colors[one], counts[one]) for one in reversed(colors)),
        colors=colors,
        rules=tuple(card["rules"]),
        judged=tuple(judged[:most]),
        count=len(judged),
        total=tables.count(choice),
    )


def _color(level: Document) -> str:
    color = str(level.get("color"))
    return color if color in COLORS else "lightGray"
