"""The real services that `.env` names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launcher.envfile import read_env_file
from launcher.environment import oceans
from launcher.errors import BadSettings

CLIENT_ID = "OCEAN__PORT__CLIENT_ID"
CLIENT_SECRET = "OCEAN__PORT__CLIENT_SECRET"  # noqa: S105 (a name)
BASE_URL = "OCEAN__PORT__BASE_URL"
API_KEY = "OCEAN__INTEGRATION__CONFIG__STATUSPAGE_API_KEY"
HOST = "OCEAN__INTEGRATION__CONFIG__STATUSPAGE_HOST"

REQUIRED = (CLIENT_ID, CLIENT_SECRET, API_KEY)
DEFAULTS = {BASE_URL: "https://api.getport.io", HOST: "https://api.statuspage.io"}
# What .env.example holds where a value of one's own belongs.
EXAMPLES = frozenset({"YOUR_PORT_CLIENT_ID", "YOUR_PORT_CLIENT_SECRET", "STATUSPAGE_API_KEY"})


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the integration is told, with what the launcher reads of it."""

    settings: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.settings[name].strip()

    def address(self, name: str) -> str:
        """Return an address, whose last slash means nothing."""
        return self[name].rstrip("/")


def find_env_file(places: tuple[Path, ...]) -> Path | None:
    """Return the file that holds the credentials; two of them would be mixed."""
    found = [place for place in places if place.exists()]
    if len(found) > 1:
        names = " and ".join(str(one) for one in found)
        raise BadSettings(f"{names} are both there, and only one can count: remove the other.")
    return found[0] if found else None


def read_credentials(file: Path, environment: Mapping[str, str]) -> Credentials:
    """Read the file; what is in the environment wins."""
    given = oceans({**read_env_file(file), **environment})
    for name in REQUIRED:
        if not given.get(name, "").strip():
            raise BadSettings(
                f"{file} lacks {name}: set it, or remove the file to try the sandbox."
            )
        if given[name].strip() in EXAMPLES:
            raise BadSettings(f"{name} in {file} is still the example's: write your own value.")
    return Credentials({**DEFAULTS, "OCEAN__INTEGRATION__TYPE": "statuspage", **given})
