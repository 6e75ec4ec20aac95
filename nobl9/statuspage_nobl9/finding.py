"""Where credentials are: the environment, then a file `.env`, then the keyring of the system."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from statuspage import keys
from statuspage.errors import NoKey

from .address import DEFAULT
from .credentials import (
    API_TOKEN,
    BASE_URL,
    CLIENT_ID,
    CLIENT_SECRET,
    NAMES,
    ORGANIZATION,
    Credentials,
    from_values,
)

SERVICE = "nobl9"
"""The keyring's service; each variable is kept under its own name."""

ENV_FILE = Path(".env")

type PlacesOf = Callable[[str], Sequence[keys.Place]]
"""The places of this system that may hold the variable of a name."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was found, and where each part was."""

    credentials: Credentials
    base_url: str
    places: Mapping[str, str]


def in_keyring(name: str) -> Sequence[keys.Place]:
    """Return the places of this system that may hold a variable."""
    return keys.system_places(SERVICE, name)


def find(
    variables: Mapping[str, str],
    env_file: Path = ENV_FILE,
    places_of: PlacesOf = in_keyring,
) -> Settings:
    """Return the settings; raise `NoCredentials` with the names of what is missing."""
    values = written(variables, env_file)
    places = {
        name: "the environment" if variables.get(name, "").strip() else str(env_file)
        for name in values
    }
    wanted = [name for name in NAMES if name not in values]
    if API_TOKEN in values or {CLIENT_ID, CLIENT_SECRET} <= values.keys():
        # Who has one of the two needs nothing of the other, and a keyring may take its time.
        wanted = [name for name in wanted if name == ORGANIZATION]
    for name in wanted:
        try:
            found = keys.first_key(places_of(name))
        except NoKey:
            continue
        values[name], places[name] = found.key, found.place
    return Settings(from_values(values), values.get(BASE_URL, DEFAULT), places)


def written(variables: Mapping[str, str], env_file: Path) -> dict[str, str]:
    """Return what the file says, and over it what the environment says."""
    return {
        name: value.strip()
        for content in (_file(env_file), variables)
        for name in (*NAMES, BASE_URL)
        if (value := content.get(name)) and value.strip()
    }


def _file(path: Path) -> Mapping[str, str | None]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values  # noqa: PLC0415 (most have no such file)

    return dotenv_values(path, interpolate=False)
