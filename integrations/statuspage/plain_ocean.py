"""The switch for whoever distrusts what is done in Ocean's place; README.md describes it."""

import os

SWITCH = "STATUSPAGE_PLAIN_OCEAN"
_ON = {"1", "true", "yes", "on"}


def is_wanted() -> bool:
    """Tell whether Ocean shall map and load by itself: slower, and with the same results."""
    return os.environ.get(SWITCH, "").strip().lower() in _ON
