"""The copy of what is replaced, by which all of it can be undone."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from .plan import Found, Plan

type Json = dict[str, Any]


class UnreadableCopy(Exception):
    """A file is no copy that was kept here."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path} cannot be used: {problem}.")


@dataclass(frozen=True, slots=True)
class Copy:
    """What was there before, and what was not."""

    installation: str
    mapping: Json | None
    blueprints: list[Json]
    made_blueprints: list[str]
    made_scorecards: list[tuple[str, str]]
    made_pages: list[str]

    @classmethod
    def of(cls, installation: str, plan: Plan, found: Found) -> Self:
        """Return what a plan is going to replace, and the names of what it is going to make."""
        names = [blueprint["identifier"] for blueprint in plan.blueprints]
        return cls(
            installation=installation,
            mapping=found.mapping if plan.mapping is not None else None,
            blueprints=[found.blueprints[name] for name in names if name in found.blueprints],
            made_blueprints=[name for name in names if name not in found.blueprints],
            made_scorecards=[(name, card["identifier"]) for name, card in plan.scorecards],
            made_pages=[page["identifier"] for page in plan.pages],
        )

    def write(self, path: Path) -> None:
        """Write a new file; an older copy is never overwritten."""
        with path.open("x", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=2)

    @classmethod
    def read(cls, path: Path, installation: str) -> Self:
        """Read the copy of an installation."""
        try:
            copy = cls(**json.loads(path.read_text(encoding="utf-8")))
        except OSError as error:
            raise UnreadableCopy(path, str(error.strerror).lower()) from None
        except (ValueError, TypeError):
            raise UnreadableCopy(path, "it is no copy that moving_over wrote") from None
        if copy.installation != installation:
            problem = f"it is of the installation {copy.installation}, and this is {installation}"
            raise UnreadableCopy(path, problem)
        return copy


def name_at(moment: datetime) -> str:
    """Return the name of a copy that is made now."""
    return f"before-moving-over-{moment:%Y%m%dT%H%M%SZ}.json"
