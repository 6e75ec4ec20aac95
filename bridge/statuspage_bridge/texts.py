"""What everybody reads: the incident template of Pagerstatus, and what is told later."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from .core.status import STATUSES
from .errors import StartError

PLACE = "{{component_name}}"
# Where Pagerstatus has it, and where it can be without Pagerstatus.
FILES = (
    Path("chalicelib/incident_templates/default.yml"),
    Path("incident_templates/default.yml"),
)
FIELDS = ("name", "body", "incident_status", "component_status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The texts of an incident, with a place for the component's name."""

    name: str = f"Errors in {PLACE}"
    body: str = f"Our checks see errors in {PLACE}. The engineers on call are looking into it."
    incident_status: str = "investigating"
    component_status: str = "partial_outage"
    changed: str = f"The status of {PLACE} has changed."
    resolved: str = f"Our checks see no more errors in {PLACE}."

    def fill(self, text: str, component_name: str) -> str:
        """Return one of the texts with the component's name in it."""
        return text.replace(PLACE, component_name)


def read_texts(given: Path | None, folder: Path = Path()) -> Texts:
    """Return the texts of a file; without one, those of the file where Pagerstatus has it."""
    path = given or next((folder / one for one in FILES if (folder / one).is_file()), None)
    if path is None:
        return Texts()
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise StartError(
            f"{path}, line {line}: this is not YAML ({error.problem}). Put the text in quotes."
        ) from error
    if not isinstance(content, dict):
        raise StartError(f"{path} has no fields: it can have {', '.join(FIELDS)}.")
    for name, value in content.items():
        if name not in FIELDS:
            raise StartError(f"{path}: {name} is no field: it can have {', '.join(FIELDS)}.")
        if not isinstance(value, str) or not value.strip():
            raise StartError(f"{path}: {name} is not a text.")
    texts = Texts(**content)
    if texts.incident_status not in ("investigating", "identified", "monitoring"):
        raise StartError(
            f"{path}: incident_status is {texts.incident_status}: "
            "it can be investigating, identified or monitoring."
        )
    if texts.component_status not in STATUSES:
        raise StartError(
            f"{path}: component_status is {texts.component_status}: "
            f"it can be {', '.join(STATUSES)}."
        )
    return texts
