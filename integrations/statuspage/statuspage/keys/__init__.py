"""Where an API key is kept, and how it is found.

`first_key` asks one place after the other; `system_places` are those of this machine that keep
secrets. It all comes without click and without httpx, so that other commands can use it too:

    found = first_key([variable(os.environ), *system_places(service, user)])
"""

from .chain import Absent, Found, Place, first_key
from .places import SERVICE, VARIABLE, file, keychain, keyring, login_name, secret_tool, variable
from .system import places as system_places

__all__ = [
    "SERVICE",
    "VARIABLE",
    "Absent",
    "Found",
    "Place",
    "file",
    "first_key",
    "keychain",
    "keyring",
    "login_name",
    "secret_tool",
    "system_places",
    "variable",
]
