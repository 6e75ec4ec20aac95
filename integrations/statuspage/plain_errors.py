"""An error at start as one sentence instead of a traceback."""

import sys
from types import TracebackType

import humps
from pydantic import ValidationError

from statuspage import StatuspageError

# What Ocean calls the model that it makes of the parameters in .port/spec.yaml.
OURS = "Config"


def sentences(error: BaseException) -> list[str] | None:
    """Return what a user needs to know of an error; None when it is not the user's to mend."""
    if isinstance(error, StatuspageError):
        return [str(error)]
    if isinstance(error, ValidationError):
        return [
            _sentence(error.title, problem["loc"], problem["msg"]) for problem in error.errors()
        ]
    return None


def _sentence(model: str, location: tuple[int | str, ...], problem: str) -> str:
    parts = [str(part) for part in location]
    section = ["OCEAN", "INTEGRATION", "CONFIG"] if model == OURS else ["OCEAN"]
    variable = "__".join([*section, *(part.upper() for part in parts)])
    name = humps.camelize(parts[0]) if model == OURS else ".".join(parts)
    hint = ', written as JSON: ["r4k9wz2mq7xd"]' if name == "statuspageIds" else ""
    return f"{name} cannot be used: {problem[:1].lower()}{problem[1:]}{hint} ({variable})."


def install() -> None:
    """Show errors of the start in plain words; anything else stays a traceback."""
    usual = sys.excepthook

    def show(
        kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if (lines := sentences(error)) is None:
            usual(kind, error, traceback)
        else:
            sys.stderr.write("".join(f"statuspage: {line}\n" for line in lines))

    if getattr(usual, "__module__", "") != __name__:
        sys.excepthook = show
