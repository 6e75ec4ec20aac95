"""The copy of what is replaced is written once, and read by the installation that it is of."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from moving_over.copy_file import Copy, UnreadableCopy, name_at

COPY = Copy("mine", {"resources": []}, [{"identifier": "statuspage"}], [], [("a", "b")], ["page"])


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    COPY.write(tmp_path / "copy.json")

    read = Copy.read(tmp_path / "copy.json", "mine")

    assert (read.mapping, read.blueprints, read.made_pages) == (
        COPY.mapping,
        COPY.blueprints,
        COPY.made_pages,
    )
    assert [tuple(one) for one in read.made_scorecards] == COPY.made_scorecards


def test_a_copy_is_never_overwritten(tmp_path: Path) -> None:
    COPY.write(tmp_path / "copy.json")

    with pytest.raises(FileExistsError):
        COPY.write(tmp_path / "copy.json")


def test_its_name_tells_when_it_was_made() -> None:
    moment = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

    assert name_at(moment) == "before-moving-over-20260304T050607Z.json"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"mapping": {}}', "null", "7"])
def test_another_file_is_refused_in_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "other.json").write_text(content)

    with pytest.raises(UnreadableCopy, match="it is no copy that moving_over wrote"):
        Copy.read(tmp_path / "other.json", "mine")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableCopy, match="no such file"):
        Copy.read(tmp_path / "none.json", "mine")


def test_the_copy_of_another_installation_is_refused(tmp_path: Path) -> None:
    COPY.write(tmp_path / "copy.json")

    with pytest.raises(UnreadableCopy, match="of the installation mine, and this is other"):
        Copy.read(tmp_path / "copy.json", "other")
