"""One language: its words for our English sentences, its dates, numbers and durations."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from statuspage_server.core.moments import DAY, HOUR, MINUTE, Moment

CATALOGS = Path(__file__).parent / "catalogs"

# By code, each called as its speakers call it.
LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "ja": "日本語",
}


class Language:
    def __init__(self, code: str, own: Mapping[str, str] | None = None) -> None:
        """`own` are an operator's words, which come before ours."""
        self.code = code
        self._own = own or {}
        self._locale = Locale.parse(code)

    @cached_property
    def _catalog(self) -> Catalog | None:
        path = CATALOGS / f"{self.code}.po"
        if not path.exists():
            return None
        return read_po(StringIO(path.read_text(encoding="utf-8")), locale=self.code)

    def text(self, english: str, **values: object) -> str:
        """A sentence, with `{name}` replaced by values."""
        found = self._own.get(english) or self._translated(english) or english
        return found.format(**values) if values else found

    def count(self, one: str, many: str, number: int) -> str:
        """`{n}` stands for the number in both."""
        english = one if number == 1 else many
        found = self._own.get(english) or self._plural(one, number) or english
        return found.format(n=self.number(number))

    def _plural(self, one: str, number: int) -> str | None:
        message = self._catalog.get(one) if self._catalog else None
        if message is None or not isinstance(message.string, tuple):
            return None
        # The languages here have one form or two, and whoever has two has the first for "one".
        singular = self._locale.plural_form(number) == "one"
        return message.string[0] if singular else message.string[-1]

    def _translated(self, english: str) -> str | None:
        # The catalog keeps its own head under the empty text.
        message = self._catalog.get(english) if self._catalog and english else None
        return message.string if message and isinstance(message.string, str) else None

    def any_of(self, names: Sequence[str]) -> str:
        """`a, b or c`."""
        return format_list(names, style="or", locale=self._locale)

    def number(self, value: float, places: int | None = None) -> str:
        if isinstance(value, int) and abs(value) < 1000 and places is None:
            return str(value)
        pattern = None if places is None else f"#,##0.{'0' * places}" if places else "#,##0"
        return format_decimal(value, pattern, locale=self._locale)

    def percent(self, value: float) -> str:
        """Two places, rounded down, so that an outage never shows as 100 %."""
        return _percent(int(value * 100 + 1e-6), self._locale)

    def day(self, day: date) -> str:
        return _day(day, self._locale)

    def month(self, day: date) -> str:
        return str(format_skeleton("yMMMM", day, locale=self._locale))

    def day_and_time(self, moment: Moment, zone: ZoneInfo, now: Moment) -> str:
        """With the year only where it is another one than now."""
        at, today = _local(moment, zone), _local(now, zone)
        skeleton = "MMMd" if at.year == today.year else "yMMMd"
        day = format_skeleton(skeleton, at, locale=self._locale)
        return f"{day}, {self.time(moment, zone)} {at:%Z}"

    def time(self, moment: Moment, zone: ZoneInfo) -> str:
        return format_time(_local(moment, zone), "HH:mm", locale=self._locale)

    def duration(self, milliseconds: float) -> str:
        """In its two largest units; what is shorter than a minute counts as one."""
        return _duration(max(1, round(milliseconds / MINUTE)), self._locale)


@lru_cache(maxsize=4096)
def _day(day: date, locale: Locale) -> str:
    return format_date(day, "medium", locale=locale)


@lru_cache(maxsize=4096)
def _percent(hundredths: int, locale: Locale) -> str:
    pattern = locale.percent_formats[None].pattern.replace("#,##0", "#,##0.0#")
    return str(format_percent(hundredths / 10_000, pattern, locale=locale))


@lru_cache(maxsize=4096)
def _duration(minutes: int, locale: Locale) -> str:
    days, rest = divmod(minutes, DAY // MINUTE)
    hours, minutes = divmod(rest, HOUR // MINUTE)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    shown = [(count, unit) for count, unit in parts if count][:2]
    return " ".join(
        format_unit(count, f"duration-{unit}", "short", locale=locale) for count, unit in shown
    )


def _local(moment: Moment, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(zone)


@lru_cache(maxsize=64)
def language_of(code: str) -> Language:
    return Language(code if code in LANGUAGES else "en")
