"""What was read of one page again, and is to be brought into the catalog."""

from collections.abc import Container
from dataclasses import dataclass, field, replace

from kinds import ObjectKind
from statuspage import Raw

type Key = tuple[ObjectKind, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Objects of a page, None where one is gone; and when all of them were there.

    Of the page itself only its status is new, which is in the object's `__status`, unless the
    `whole_page` was read again.
    """

    page: Raw
    objects: dict[Key, Raw | None] = field(default_factory=dict)
    read_at: float = 0.0
    whole_page: bool = False

    def of(self, kind: ObjectKind) -> dict[str, Raw | None]:
        return {id_: raw for (its, id_), raw in self.objects.items() if its is kind}

    def known(self, kind: ObjectKind) -> list[Raw]:
        return [raw for raw in self.of(kind).values() if raw is not None]

    def gone(self, kind: ObjectKind) -> list[str]:
        return [id_ for id_, raw in self.of(kind).items() if raw is None]

    def without(self, keys: Container[Key]) -> "Found":
        return replace(
            self, objects={key: raw for key, raw in self.objects.items() if key not in keys}
        )
