"""The names that users write in mappings.

They stand in a file of their own because Ocean loads integration.py in a way that leaves its
classes without a home: a log line that carries one of them could not be written.
"""

from enum import StrEnum

from statuspage import Collection


class ObjectKind(StrEnum):
    """The kinds, under the names that stored mappings use."""

    PAGE = "statuspage"
    COMPONENT_GROUP = "component_group"
    COMPONENT = "component"
    INCIDENT = "incident"
    INCIDENT_UPDATE = "incident_update"


class Scope(StrEnum):
    """Which of a page's incidents."""

    ALL = "all"
    UNRESOLVED = "unresolved"
    SCHEDULED = "scheduled"
    UPCOMING = "upcoming"
    ACTIVE_MAINTENANCE = "active_maintenance"

    @property
    def collection(self) -> Collection:
        """The list of the API that shows them."""
        return Collection.INCIDENTS if self is Scope.ALL else Collection[self.name]
