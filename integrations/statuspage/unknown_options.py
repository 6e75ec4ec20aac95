"""Options that the integration does not know: mostly a known one with a slip of the pen."""

import difflib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import humps
import yaml
from dotenv import dotenv_values

PREFIX = "OCEAN__INTEGRATION__CONFIG__"
SPEC = Path(__file__).parent / ".port" / "spec.yaml"


def known_options() -> list[str]:
    """Return the variables that .port/spec.yaml stands for."""
    spec = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
    return [PREFIX + humps.decamelize(one["name"]).upper() for one in spec["configurations"]]


def variables(environment: Mapping[str, str] = os.environ, file: Path = Path(".env")) -> set[str]:
    """Return the names of what is set, as Ocean reads it: the environment and .env."""
    return {*environment, *dotenv_values(file)}


def told_of(given: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return a sentence for each option below the prefix that is not known."""
    options = list(known)
    unknown = sorted(
        name for name in given if name.upper().startswith(PREFIX) and name.upper() not in options
    )
    return [_sentence(name, options) for name in unknown]


def _sentence(name: str, options: list[str]) -> str:
    # What all of them begin with would make everything look alike.
    endings = [one.removeprefix(PREFIX) for one in options]
    near = difflib.get_close_matches(name.upper().removeprefix(PREFIX), endings, n=1, cutoff=0.5)
    meant = f": {PREFIX}{near[0]} is meant, perhaps" if near else ""
    return f"{name} is no option of this integration and is not read{meant}."
