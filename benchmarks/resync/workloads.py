"""What is measured: accounts of several sizes."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSize:
    """How much one page holds."""

    components: int
    groups: int
    incidents: int

    @property
    def lists(self) -> tuple[int, int, int]:
        """The lengths of its three lists: each group is a row among the components too."""
        return (self.groups, self.components + self.groups, self.incidents)


@dataclass(frozen=True, slots=True)
class Workload:
    """The pages of one account."""

    name: str
    pages: Sequence[PageSize]


def _one(components: int, groups: int, incidents: int) -> Workload:
    size = PageSize(components, groups, incidents)
    return Workload(f"{components}/{groups}/{incidents}", [size])


ALL = (
    _one(12, 0, 50),
    _one(75, 6, 300),
    _one(540, 69, 1000),
    # As large as the account on which the public integration was measured.
    Workload("five", [PageSize(200, 0, 200)] * 5),
    _one(1000, 100, 3000),
    Workload("fleet", [PageSize(30, 4, 120)] * 50),
)
# Small enough for every change: about half a minute, four kinds of requests, several batches.
SHORT = ALL[1:2]
NAMES = [workload.name for workload in ALL]
