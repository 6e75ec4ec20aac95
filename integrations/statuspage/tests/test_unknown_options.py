"""An option that the integration does not know is named, with the one that is meant."""

from pathlib import Path

import pytest

from unknown_options import PREFIX, known_options, told_of, variables

KNOWN = known_options()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("STATUSPAGE_ID", "STATUSPAGE_IDS"),
        ("API_KEY", "STATUSPAGE_API_KEY"),
        ("statuspage_apikey", "STATUSPAGE_API_KEY"),
        ("REQUEST_PER_MINUTE", "REQUESTS_PER_MINUTE"),
        ("WEBHOOK_EMAIL", "WEBHOOK_CONTACT_EMAIL"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_what_is_meant(written: str, meant: str) -> None:
    [sentence] = told_of([PREFIX + written], KNOWN)

    assert sentence.startswith(f"{PREFIX}{written} is no option of this integration")
    assert f": {PREFIX}{meant} is meant, perhaps." in sentence


def test_what_is_like_nothing_is_told_without_a_guess() -> None:
    [sentence] = told_of([f"{PREFIX}QQQQ"], KNOWN)

    assert sentence == f"{PREFIX}QQQQ is no option of this integration and is not read."


def test_every_known_option_and_what_is_for_others_is_passed_over() -> None:
    given = [*KNOWN, *(name.lower() for name in KNOWN), "OCEAN__BASE_URL", "PATH", "OCEAN__X"]

    assert told_of(given, KNOWN) == []


def test_what_stands_in_a_file_is_looked_at_too(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"# a comment\n{PREFIX}PAGES=1\nOTHER='x'\n")

    assert variables({"PATH": "/"}, file) == {"PATH", "OTHER", f"{PREFIX}PAGES"}
    assert variables({"PATH": "/"}, tmp_path / "none") == {"PATH"}
