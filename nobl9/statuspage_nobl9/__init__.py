"""Reports issues, and reads and changes statuses, on a status page of Nobl9.

    from statuspage_nobl9 import create_external_issue

    create_external_issue(
        component_name="Database", status="degradedPerformance", comment="Alert", requested_by="me"
    )

What `exports` does not name may change without notice.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .exports import *  # noqa: F403 (this is the list of names)

__version__ = "1.0.0"


def __getattr__(name: str) -> Any:
    """Import what is offered when something of it is first used: `--help` needs none of it."""
    if name.startswith("_"):
        raise AttributeError(name)
    from importlib import import_module  # noqa: PLC0415
    from importlib.util import find_spec  # noqa: PLC0415

    if find_spec(f"{__name__}.{name}"):
        return import_module(f".{name}", __name__)
    return getattr(import_module(".exports", __name__), name)
