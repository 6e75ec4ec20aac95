"""Every text that visitors read is there in every language, and says the same about the same."""

import re
from datetime import date
from io import StringIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from statuspage_server.languages import LANGUAGES, Language, wished
from statuspage_server.languages.language import CATALOGS
from tests.languages.messages import counted, texts

OTHERS = [code for code in LANGUAGES if code != "en"]
PLACES = re.compile(r"\{\w+\}")
HOUR = 3_600_000


def catalog(code: str) -> Catalog:
    text = (CATALOGS / f"{code}.po").read_text(encoding="utf-8")
    return read_po(StringIO(text), locale=code)


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated_and_none_is_left_over(code: str) -> None:
    there = {message.id for message in catalog(code) if message.id and message.string}
    assert {one for one in there if isinstance(one, str)} == texts()
    assert {pair[0]: pair[1] for pair in there if isinstance(pair, tuple)} == counted()


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_filled_in_is_filled_in_everywhere(code: str) -> None:
    for message in catalog(code):
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else message.id[1]
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms or ():
            assert sorted(PLACES.findall(form)) == sorted(PLACES.findall(english)), english


@pytest.mark.parametrize(
    ("code", "one", "two"),
    [
        ("en", "1 day ago", "2 days ago"),
        ("de", "vor 1 Tag", "vor 2 Tagen"),
        ("fr", "il y a 1 jour", "il y a 2 jours"),
        ("ja", "1日前", "2日前"),
    ],
)
def test_one_and_many(code: str, one: str, two: str) -> None:
    language = Language(code)
    assert language.count("{n} day ago", "{n} days ago", 1) == one
    assert language.count("{n} day ago", "{n} days ago", 2) == two


def test_an_operators_words_come_first() -> None:
    language = Language("de", {"Operational": "Läuft", "{n} days": "{n} ganze Tage"})
    assert language.text("Operational") == "Läuft"
    assert language.text("Partial outage") == "Teilausfall"
    assert language.count("{n} day", "{n} days", 3) == "3 ganze Tage"


def test_dates_and_numbers_are_written_as_each_language_does() -> None:
    day = date(2026, 3, 4)
    assert [Language(code).day(day) for code in ("en", "de", "ja")] == [
        "Mar 4, 2026",
        "04.03.2026",
        "2026/03/04",
    ]
    assert Language("en").percent(99.86) == "99.86%"
    assert Language("de").percent(99.86) == "99,86\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(("share", "shown"), [(99.9999, "99.99%"), (100, "100.0%"), (0, "0.0%")])
def test_an_outage_never_shows_as_all_of_the_time(share: float, shown: str) -> None:
    assert Language("en").percent(share) == shown


@pytest.mark.parametrize(
    ("lasted", "shown"),
    [(1, "1 min"), (90 * 60_000, "1 hr 30 min"), (49 * HOUR, "2 days 1 hr")],
)
def test_durations_have_their_two_largest_units(lasted: int, shown: str) -> None:
    assert Language("en").duration(lasted) == shown


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de", "de"),
        ("pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("nl, fr;q=0.5, de;q=0.7", "de"),
        ("nl", None),
        ("de;q=0", None),
        ("de;q=nonsense, fr", "fr"),
        (", ;q=,*", None),
        ("", None),
    ],
)
def test_the_browsers_wish(header: str, language: str | None) -> None:
    assert wished(header, tuple(LANGUAGES)) == language
