"""A typed client for the Statuspage manage API that keeps to the key's quota.

async with statuspage.connect(api_key) as client:
    for page in await client.pages():
        async for incident in client.incidents(page["id"]):
            print(incident["name"], incident["status"])

What `exports` does not name may change without notice.
"""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import extend_path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .exports import *  # noqa: F403 (this is the list of names)

# Conan has its commands in a folder, which has to be called statuspage as well for them to be
# called `conan statuspage:...`, and imports them as modules of this package.
__path__ = extend_path(__path__, __name__)  # noqa: F405 (every package has it)


def __getattr__(name: str) -> Any:
    """Import the client when something of it is first used.

    httpx takes longer than all of `statuspage --help`, which needs nothing of it.
    """
    # `from . import paging` asks here first, in the midst of what the exports import.
    if find_spec(f"{__name__}.{name}"):
        return import_module(f".{name}", __name__)
    exports = import_module(".exports", __name__)
    for known in exports.__all__:
        globals()[known] = getattr(exports, known)
    return getattr(exports, name)
