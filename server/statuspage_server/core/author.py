"""Who changes something on a page, and by which way it came."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    MANUAL = "manual"
    """A person, or a program that a person told to."""
    EXTERNAL = "external"
    """A monitor elsewhere."""
    AUTO_DETECTED = "autoDetected"
    """Many issues in a short time."""
    HEARTBEAT = "heartbeat"
    """An item of this server that went silent, failed, or came back."""


@dataclass(frozen=True, slots=True)
class Author:
    source: Source
    name: str

    @property
    def is_person(self) -> bool:
        return self.source is Source.MANUAL


SCHEDULE = Author(Source.MANUAL, "schedule")
DETECTION = Author(Source.AUTO_DETECTED, "issue detection")
HEARTBEATS = Author(Source.HEARTBEAT, "heartbeats")
