"""The files that a user installs from, taken apart."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import yaml
from humps import decamelize
from port_ocean.config.settings import ApplicationSettings, IntegrationConfiguration
from pydantic import BaseModel

HERE = Path(__file__).parents[2]
# What tells a user of the integration how to install, set and run it.
GUIDE = ("README.md", *sorted(f"docs/{path.name}" for path in (HERE / "docs").glob("*.md")))
DOCUMENTS = (*GUIDE, "QUIRKS.md", "CHANGELOG.md", "CONTRIBUTING.md", "statuspage/README.md")
EXAMPLES = sorted(path for path in (HERE / "examples").rglob("*") if path.is_file())
IMAGE = "ghcr.io/port-labs/port-ocean-statuspage:latest"
CONFIG = "OCEAN__INTEGRATION__CONFIG__"

SETTINGS: dict[str, dict[str, Any]] = {
    setting["name"]: setting
    for setting in yaml.safe_load((HERE / ".port/spec.yaml").read_text())["configurations"]
}

_VARIABLE = re.compile(r"\b(?:OCEAN|APPLICATION)__[A-Z0-9_]*[A-Z0-9]\b")


def text(name: str) -> str:
    return (HERE / name).read_text()


def load(name: str) -> Any:
    return yaml.safe_load(text(name))


def whole(content: str) -> str:
    """An example with what is commented out in it."""
    return re.sub(r"^( *)# ((?:  )*[\w.]+:(?: .*)?)$", r"\1\2", content, flags=re.MULTILINE)


def env_file(content: str) -> dict[str, str]:
    """The variables of a file as `docker run --env-file` and Ocean read it."""
    lines = [line for line in content.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def guide() -> str:
    """All that the guide says."""
    return "\n".join(text(name) for name in GUIDE)


def blocks(document: str, language: str) -> list[str]:
    """The code blocks of a document, without their fences."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text(document), re.DOTALL | re.MULTILINE)


def rows(*documents: str) -> Iterator[list[str]]:
    """The cells of every row of every table."""
    for name in documents:
        for line in text(name).splitlines():
            if line.startswith("| "):
                yield [cell.strip() for cell in line.strip("|").split("|")]


def variables(content: str) -> set[str]:
    """Every name of an environment variable of Ocean's."""
    return set(_VARIABLE.findall(content))


def variable_of(setting: str) -> str:
    return CONFIG + decamelize(setting).upper()


def is_known(variable: str) -> bool:
    """Whether Ocean or `.port/spec.yaml` reads the variable."""
    if variable.startswith(CONFIG):
        return variable in {variable_of(name) for name in SETTINGS}
    section, *names = variable.lower().split("__")
    return _leads_somewhere(ApplicationSettings if section == "application" else None, names)


def _leads_somewhere(model: type[BaseModel] | None, names: list[str]) -> bool:
    field = (model or IntegrationConfiguration).model_fields.get(names[0])
    if field is None or len(names) == 1:
        return field is not None
    inner = get_args(field.annotation) or (field.annotation,)
    models = [one for one in inner if isinstance(one, type) and issubclass(one, BaseModel)]
    return any(_leads_somewhere(one, names[1:]) for one in models)
