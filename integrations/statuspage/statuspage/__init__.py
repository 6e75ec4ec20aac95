"""A typed client for the Statuspage manage API that keeps to the key's quota.

async with statuspage.connect(api_key) as client:
    for page in await client.pages():
        async for incident in client.incidents(page["id"]):
            print(incident["name"], incident["status"])

What `exports` does not name may change without notice.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .exports import *  # noqa: F403 (this is the list of names)


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
