"""QUIRKS.md and the code name each other, and each quirk says how it is known."""

import re

import pytest

from .files import HERE, text


def mentions() -> set[str]:
    """The headings of QUIRKS.md that the code names."""
    sources = [*HERE.glob("*.py"), *HERE.glob("[a-z]*/*.py")]
    text_of_all = " ".join(re.sub(r"\n\s*#?\s*", " ", path.read_text()) for path in sources)
    return set(re.findall(r'QUIRKS\.md, "([^"]+)"', text_of_all))


def quirks() -> dict[str, str]:
    register = text("QUIRKS.md").split("\n# Choices")[0]
    return dict(part.split("\n", 1) for part in register.split("\n## ")[1:])


def test_the_code_names_quirks() -> None:
    assert len(mentions()) >= 5


@pytest.mark.parametrize("heading", sorted(mentions()))
def test_a_quirk_that_the_code_names_is_registered(heading: str) -> None:
    assert heading in quirks()


@pytest.mark.parametrize("heading", quirks())
def test_a_quirk_tells_its_evidence_what_we_do_and_where(heading: str) -> None:
    evidence, done, where = (
        re.search(rf"^\*\*{label}:\*\* (.+)$", quirks()[heading], re.MULTILINE)
        for label in ("Evidence", "What we do", "Where")
    )

    assert evidence
    assert re.search(r"https://|[Rr]ecorded|[Rr]eported|Open", evidence[1])
    assert done
    assert where


@pytest.mark.parametrize("heading", quirks())
def test_the_files_that_a_quirk_names_are_there(heading: str) -> None:
    (where,) = re.findall(r"^\*\*Where:\*\* (.+)$", quirks()[heading], re.MULTILINE)
    named = re.findall(r"`([^`]+\.(?:py|json|yaml))`", where)

    assert named or where == "nowhere yet."
    assert [path for path in named if not (HERE / path).exists()] == []
