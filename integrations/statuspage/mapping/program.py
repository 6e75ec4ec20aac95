"""A mapping's expressions, compiled, and run on one object after the other."""

from functools import cached_property
from typing import Any, NamedTuple

import jq  # type: ignore[import-not-found]  # it has no types

from .joining import can_be_joined, is_safe, joined


class ProgramText(NamedTuple):
    """What is compiled; the preamble goes before each expression, and before all of them joined."""

    preamble: str
    selector: str
    expressions: tuple[str, ...]


class Mapped(NamedTuple):
    """What came of an object; nothing, if the selector leaves it out."""

    passed: bool
    values: list[Any] | None = None
    # The expressions that failed, by their place, with jq's message.
    failures: list[tuple[int, str]] = []  # noqa: RUF012 (nobody adds to it)


class SelectorFailed(NamedTuple):
    """What the selector gave in the place of a boolean: a message, nothing, or something else."""

    message: str | None
    outputs: list[Any]


type Outcome = Mapped | SelectorFailed


class Program:
    """A mapping, as it runs."""

    def __init__(self, text: ProgramText) -> None:
        self._selector = Expression(text.preamble + text.selector)
        self._always = text.selector.strip() == "true"
        self._alone = [Expression(text.preamble + one) for one in text.expressions]
        self.joined_places, self._joined = _join(text)
        self._safe = [is_safe(text.expressions[place]) for place in self.joined_places]
        self._no_items = [None] * len(self.joined_places)
        places = range(len(self._alone))
        self._never_joined = sorted(set(places) - set(self.joined_places))
        # Those that jq does not understand.
        self.invalid = [place for place in self._never_joined if self._alone[place].fault]

    def map(self, text: str, *, parse_all: bool) -> Outcome:
        """Return what Ocean would make of an object, which comes as JSON."""
        # A selector that always passes is not asked, unless jq cannot even read the object.
        items = self._items(text) if self._always else None
        passed = items is not None or self._passes(text)
        if isinstance(passed, SelectorFailed):
            return passed
        if not (passed or parse_all):
            return Mapped(passed=False)
        return Mapped(passed, *self._values(text, items or self._items(text)))

    def _passes(self, text: str) -> bool | SelectorFailed:
        try:
            output = self._selector.first(text, _NOTHING)
        except ValueError as error:
            return SelectorFailed(str(error), [])
        if isinstance(output, bool):
            return output
        return SelectorFailed(None, [] if output is _NOTHING else [output])

    def _items(self, text: str) -> list[Any] | None:
        """Run the joined expressions, unless one of them, or the object, stops all."""
        try:
            items: list[Any] | None = self._joined.first(text, None)
        except ValueError:
            return None
        return items

    def _values(
        self, text: str, items: list[Any] | None
    ) -> tuple[list[Any], list[tuple[int, str]]]:
        """Return each expression's value, and which failed; those run alone that have to."""
        values: list[Any] = [None] * len(self._alone)
        alone = list(self._never_joined)
        failures = []
        for place, safe, item in zip(
            self.joined_places, self._safe, items or self._no_items, strict=True
        ):
            if safe and items:
                values[place] = item
            elif item is None:
                # Alone it tells why.
                alone.append(place)
            elif item:
                values[place] = item[0]
        for place in alone:
            try:
                values[place] = self._alone[place].first(text, None)
            except ValueError as error:
                failures.append((place, str(error)))
        return values, failures


_NOTHING = object()


class Expression:
    """One expression, compiled when it is needed first."""

    def __init__(self, text: str) -> None:
        self._text = text

    def first(self, text: str, otherwise: Any) -> Any:
        """Return the first output, if there is any, or raise a ValueError with jq's message."""
        if self.fault:
            raise ValueError(self.fault)
        return next(iter(self._compiled.input_text(text)), otherwise)

    @cached_property
    def fault(self) -> str:
        """What jq does not understand; nothing, if it does."""
        try:
            self._compiled  # noqa: B018
        except ValueError as error:
            return str(error) or "not a valid expression"
        return ""

    @cached_property
    def _compiled(self) -> Any:
        return jq.compile(self._text)


def _join(text: ProgramText) -> tuple[list[int], Expression]:
    """Join all that can be, which jq says; return their places, and the program."""
    expressions = text.expressions
    places = [place for place, one in enumerate(expressions) if can_be_joined(one)]

    def program(chosen: list[int]) -> Expression:
        return Expression(text.preamble + joined([expressions[place] for place in chosen]))

    whole = program(places)
    if whole.fault:
        places = [place for place in places if not program([place]).fault]
        whole = program(places)
    return ([], program([])) if whole.fault else (places, whole)
