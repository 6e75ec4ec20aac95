"""The incident template of Pagerstatus."""

from pathlib import Path

from statuspage_bridge.texts import Texts

from .faults import checked
from .yaml_file import read_yaml

# Where Pagerstatus has it, and where it can be without Pagerstatus.
FILES = (
    Path("chalicelib/incident_templates/default.yml"),
    Path("incident_templates/default.yml"),
)


def read_texts(given: Path | None, folder: Path = Path()) -> Texts:
    """Return the texts of a file; without one, those of the file where Pagerstatus has it."""
    path = given or next((folder / one for one in FILES if (folder / one).is_file()), None)
    return Texts() if path is None else checked(Texts, read_yaml(path))
