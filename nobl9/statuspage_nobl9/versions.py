"""The versions of the API."""

from enum import StrEnum


class Version(StrEnum):
    """v1 has incidents and status changes, v2 has disruptions in the place of both."""

    V1 = "v1"
    V2 = "v2"


AUTO = "auto"
"""The version that answers."""
