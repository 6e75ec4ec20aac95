"""Objects put aside on disk, so that memory does not grow with an organization's history."""

import pickle
import tempfile
from dataclasses import dataclass

from statuspage import Raw

from .errors import Stopped


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch stands."""

    offset: int
    length: int


class Spool:
    """One nameless file that is only appended to and disappears when it is closed.

    Reads and writes go to the page cache in well under a millisecond, so they are not worth a
    thread. Nobody else can write into it, so it holds pickles, which take a third of JSON's time.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="statuspage-")  # noqa: SIM115 (closed below)

    def write(self, items: list[Raw]) -> Place:
        """Put a batch aside."""
        content = pickle.dumps(items)
        offset = self._file.seek(0, 2)
        self._file.write(content)
        return Place(offset, len(content))

    def read(self, place: Place) -> list[Raw]:
        """Bring a batch back."""
        if self._file.closed:
            raise Stopped
        self._file.seek(place.offset)
        items: list[Raw] = pickle.loads(self._file.read(place.length))  # noqa: S301 (ours)
        return items

    def close(self) -> None:
        """Give the disk space back."""
        self._file.close()
