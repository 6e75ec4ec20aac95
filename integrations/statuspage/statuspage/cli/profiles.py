"""Profiles: named settings in a TOML file of the user's configuration folder.

    default = "work"

    [profiles.work]
    page = "Shop status"
    host = "https://api.statuspage.io"
    key_file = "~/.config/statuspage/work.key"

Where the key is can also be told by keyring_service, keyring_user and keychain. The key itself
never stands here.
"""

from dataclasses import dataclass, fields
from pathlib import Path

from .exit_codes import ExitCode
from .failures import Failure

FILE = "config.toml"
DEFAULT = "default"


class BadProfile(ValueError):
    """What the file says cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one profile says; empty is not said."""

    name: str = ""
    page: str = ""
    host: str = ""
    key_file: str = ""
    keyring_service: str = ""
    keyring_user: str = ""
    keychain: str = ""

    def settings(self) -> dict[str, str]:
        """Return what is said."""
        return {name: value for name in SETTINGS if (value := getattr(self, name))}


SETTINGS = tuple(field.name for field in fields(Profile) if field.name != "name")


def read_profile(folder: Path, wanted: str | None, *, may_be_new: bool = False) -> Profile:
    """Return the wanted profile, else the default one, else one that says nothing."""
    file = folder / FILE
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        return parse(text, wanted, may_be_new=may_be_new)
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{file} cannot be read: {error}", ExitCode.WRONG_USE) from None
    except ValueError as error:
        raise Failure(f"{file}: {error}", ExitCode.WRONG_USE) from None


def parse(text: str, wanted: str | None, *, may_be_new: bool = False) -> Profile:
    """Return a profile of a file's text; raise `ValueError` with what is wrong in it."""
    import tomllib  # noqa: PLC0415 (--help needs none of it)

    content = tomllib.loads(text)
    profiles = content.get("profiles", {})
    name = wanted or content.get("default", DEFAULT)
    if not isinstance(profiles, dict) or not isinstance(name, str):
        raise BadProfile("it needs tables [profiles.NAME], and default = NAME.")
    if name not in profiles:
        if wanted is None and "default" not in content:
            return Profile()
        if may_be_new:
            return Profile(name=name)
        known = ", ".join(profiles) or "none yet"
        raise BadProfile(f"there is no profile {name!r} (known: {known}).")
    return _profile(name, profiles[name])


def _profile(name: str, content: object) -> Profile:
    if not isinstance(content, dict):
        raise BadProfile(f"the profile {name!r} is no table: write [profiles.{name}].")
    for setting, value in content.items():
        if setting not in SETTINGS:
            known = ", ".join(SETTINGS)
            raise BadProfile(f"{setting!r} in profile {name!r} is no setting (known: {known}).")
        if not isinstance(value, str):
            raise BadProfile(f"{setting!r} in profile {name!r} must be a text in quotes.")
    return Profile(name=name, **content)
