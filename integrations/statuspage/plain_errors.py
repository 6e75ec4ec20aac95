"""An error at start as one sentence instead of a traceback."""

import sys
from types import TracebackType

import humps
from port_ocean.config.settings import IntegrationConfiguration
from pydantic import ValidationError

from advice import sentence
from settings import SettingError
from statuspage import StatuspageError


def sentences(error: BaseException) -> list[str] | None:
    """Return what a user needs to know of an error; None when it is not the user's to mend."""
    if isinstance(error, SettingError):
        return [str(error)]
    if isinstance(error, StatuspageError):
        return [sentence(error)]
    if isinstance(error, ValidationError):
        return [_of_parameter(problem["loc"], problem["msg"]) for problem in error.errors()]
    return None


def _of_parameter(location: tuple[int | str, ...], problem: str) -> str:
    parts = [str(part) for part in location]
    # Ocean reports the parameters of .port/spec.yaml as if they were settings of its own.
    oceans = parts[0] in IntegrationConfiguration.model_fields
    section = ["OCEAN"] if oceans else ["OCEAN", "INTEGRATION", "CONFIG"]
    variable = "__".join([*section, *(part.upper() for part in parts)])
    name = ".".join(parts) if oceans else humps.camelize(parts[0])
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
