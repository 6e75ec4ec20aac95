"""What one page's incidents went through."""

from dataclasses import dataclass

from .merging import Read


@dataclass(frozen=True, slots=True)
class Changed:
    """The incidents to bring, and the ids of those that are gone."""

    incidents: list[Read]
    gone: list[str]
