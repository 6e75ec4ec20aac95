"""Ocean's routine lines, written at DEBUG: they come again and again, and nothing follows.

Whoever looks for a fault sees them with `--log-level DEBUG`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from loguru import logger
from port_ocean.log import logger_setup

if TYPE_CHECKING:
    from loguru import Record

# How a line begins, and the level at which Ocean writes it. What a blueprint requires and a mapping
# does not find is an error, which stays one.
ROUTINE = (
    ("WARNING", "Unable to find valid data for: "),
    ("INFO", "Polling event listener iteration after "),
    ("INFO", "Fetching integration with id: "),
    ("WARNING", "DSP mode requested but "),
    # Ocean watches one kind at a time, and here a few run at once.
    ("WARNING", "[Monitor] No tracking data for kind: "),
)

type Patch = Callable[["Record"], None]


def lowered(before: Patch | None) -> Patch:
    """Return the patch that does what was done before, and takes routine lines down to DEBUG."""
    debug = logger.level("DEBUG")

    def patch(record: "Record") -> None:
        if before is not None:
            before(record)
        level, message = record["level"].name, record["message"]
        if any(level == usual and message.startswith(start) for usual, start in ROUTINE):
            as_loguru_has_it: Any = type(record["level"])
            record["level"] = as_loguru_has_it(debug.name, debug.no, debug.icon)

    return patch


def install() -> None:
    """Lower the routine lines from here on; Ocean's own patch, if it has one, stays."""
    logger.configure(patcher=lowered(getattr(logger_setup, "_combined_patcher", None)))
