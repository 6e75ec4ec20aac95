"""When Ocean is left to map and load by itself: slower, and with the same results.

It is where somebody wants that, and where a newer Ocean is not the one that ours rests on.
"""

import inspect
import os
from collections.abc import Mapping, Sequence

# For whoever distrusts what is done in Ocean's place; README.md describes it.
SWITCH = "STATUSPAGE_PLAIN_OCEAN"
_ON = {"1", "true", "yes", "on"}

# The names of methods, each with its parameters.
type Signatures = Mapping[str, Sequence[str]]


def is_wanted(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the switch is on."""
    return environment.get(SWITCH, "").strip().lower() in _ON


def what_changed(theirs: type, rests_on: Signatures) -> str:
    """Return what one of Ocean's classes no longer has as it was; nothing, if all is there."""
    for name, parameters in rests_on.items():
        method = getattr(theirs, name, None)
        if method is None:
            return f"{theirs.__name__} has no {name}"
        if (found := list(inspect.signature(method).parameters)) != list(parameters):
            return f"{name} of {theirs.__name__} takes {', '.join(found)}"
    return ""


def warning(problem: str) -> str:
    """Tell that Ocean does it alone, and why."""
    return (
        f"This Ocean is not the one that the integration knows: {problem}. Ocean maps and loads "
        "the objects alone, with the same results, which takes several times as long; "
        f"{SWITCH}=true says that this is wanted"
    )
