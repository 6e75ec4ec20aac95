"""Writes a profile into the file of profiles, and leaves everything else there as it is."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from .exit_codes import ExitCode
from .failures import Failure
from .profiles import FILE, BadProfile, parse

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def write_profile(folder: Path, name: str, settings: Mapping[str, str]) -> Path:
    """Write settings of a profile; return the file."""
    file = folder / FILE
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(with_settings(text, name, settings), encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Failure(f"{file} cannot be written: {error}", ExitCode.WRONG_USE) from None
    return file


def with_settings(text: str, name: str, settings: Mapping[str, str]) -> str:
    """Return the file's text with settings of a profile set; raise `ValueError` if it is odd."""
    header = f"[profiles.{name if _BARE_KEY.fullmatch(name) else _quoted(name)}]"
    lines = text.rstrip("\n").split("\n") if text else []
    if header not in (line.strip() for line in lines):
        lines += [*([""] if lines else []), header]
    first = next(place for place, line in enumerate(lines) if line.strip() == header) + 1
    for setting, value in settings.items():
        written = f"{setting} = {_quoted(value)}"
        place = _place_of(setting, lines, first)
        if place is None:
            lines.insert(first, written)
        else:
            lines[place] = written
    changed = "\n".join(lines) + "\n"
    profile = parse(changed, name)
    if any(getattr(profile, setting) != value for setting, value in settings.items()):
        raise BadProfile(f"write {header} there by hand, with {dict(settings)}.")
    return changed


def _quoted(text: str) -> str:
    # TOML reads what JSON writes in quotes, but for escaped pairs of surrogates.
    return json.dumps(text, ensure_ascii=False)


def _place_of(setting: str, lines: list[str], first: int) -> int | None:
    for place, line in enumerate(lines[first:], first):
        if line.lstrip().startswith("["):
            return None
        if re.match(rf"\s*{setting}\s*=", line):
            return place
    return None
