"""What makes an action fail, as the person who started it reads it in the run's log."""

from port_ocean.exceptions.execution_manager import ActionExecutionError

from advice import sentence
from statuspage import (
    AccessDenied,
    AmbiguousName,
    GroupHasNoStatus,
    KeyRejected,
    NotFound,
    StatuspageError,
    Throttled,
    UnknownName,
    Unreachable,
    UnusableArgument,
)


class ActionFailed(ActionExecutionError):
    """It was not done, or nobody knows; the label is what the run shows, two words at most."""

    DEFAULT_STATUS_LABEL = "Not done"


class WrongInput(ActionFailed):
    """What was typed in cannot work, and nothing was asked of Statuspage for it."""

    DEFAULT_STATUS_LABEL = "Wrong input"


class PageNotServed(ActionFailed):
    """The page is not one of those that the integration was set up for."""

    DEFAULT_STATUS_LABEL = "Wrong page"

    def __init__(self, unknown: UnknownName) -> None:
        super().__init__(
            f"{unknown} This integration writes only to the pages in its setting statuspageIds."
        )


_LABELS: dict[type[StatuspageError], str] = {
    NotFound: "Not found",
    KeyRejected: "Key rejected",
    AccessDenied: "No access",
    Throttled: "Quota spent",
    Unreachable: "No answer",
    UnusableArgument: "Wrong input",
    UnknownName: "Wrong name",
    AmbiguousName: "Wrong name",
    GroupHasNoStatus: "Wrong name",
}


def failure_of(error: StatuspageError) -> ActionFailed:
    """Return what a run shows of an error of the library."""
    label = next((label for kind, label in _LABELS.items() if isinstance(error, kind)), "Refused")
    said = sentence(error)
    if isinstance(error, Throttled) and error.retry_after is not None:
        said += f" It has room again in {error.retry_after:.0f} s: start the action once more then."
    if isinstance(error, Unreachable) and error.sent:
        said += " It may have been done all the same: look at the page before you start it again."
    return ActionFailed(said, label)
