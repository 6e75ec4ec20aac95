"""Which components a tag names, and which status it gives them.

- `component:<id or name>`, `component_<id>`: in monitors, as Pagerstatus had it.
- `cmp_<name>:<status>`: as Opsgenie and Jira Service Management have it. There, `inc:<status>`
  is what the incident begins with.

A tag has to be one from its beginning: neither `subcomponent:x` nor `kube_component:x` names any.
"""

import re
from collections.abc import Iterable, Iterator

from .status import STATUSES

_TAG = re.compile(r"component(?::\s*(?P<name>.+)|_ ?(?P<id>[\w-]+))", re.IGNORECASE)
_CMP = re.compile(r"cmp_(?P<name>.+):(?P<status>\w+)", re.IGNORECASE)
_INC = re.compile(r"inc:(?P<status>investigating|identified|monitoring)", re.IGNORECASE)
# In a text: a line of its own may have a name of several words, within a line it is one word.
_LINE = re.compile(r"[ \t]*component:[ \t]*(?P<name>[^,;\r\n]+)", re.IGNORECASE)
_WORD = re.compile(r"(?<![\w:.-])component[:_] ?(?P<id>[\w-]+)", re.IGNORECASE)

# The name of a component has no more characters: no state has to keep what can be none.
LONGEST = 255

type Tagged = dict[str, str | None]


def tagged(tags: object) -> Tagged:
    """Return the components of a list of tags or a text of them with commas, each with a status.

    None is a component that is named without one.
    """
    found: Tagged = {}
    for tag in _each(tags):
        if match := _TAG.fullmatch(tag):
            found.setdefault((match["name"] or match["id"]).strip(), None)
        elif (match := _CMP.fullmatch(tag)) and match["status"].lower() in STATUSES:
            found[match["name"].strip()] = match["status"].lower()
    return found


def incident_status(tags: object) -> str:
    """Return the status that a tag gives to the incident, nothing where none does."""
    matches = (_INC.fullmatch(tag) for tag in _each(tags))
    return next((match["status"].lower() for match in matches if match), "")


def named_in(text: object) -> Tagged:
    """Return the components that a text names, such as a mail."""
    found: Tagged = {}
    for line in text.splitlines() if isinstance(text, str) else ():
        if match := _LINE.fullmatch(line):
            found[match["name"].strip()] = None
        else:
            found |= dict.fromkeys(match["id"] for match in _WORD.finditer(line))
    return found


def merged(all_found: Iterable[Tagged]) -> Tagged:
    """Return everything that was found and can be a name; a status wins over none."""
    together: Tagged = {}
    for found in all_found:
        for name, status in found.items():
            if len(name) <= LONGEST and "\0" not in name:
                together[name] = status or together.get(name)
    return together


def _each(tags: object) -> Iterator[str]:
    if isinstance(tags, str):
        yield from (tag.strip() for tag in tags.split(","))
    elif isinstance(tags, list):
        for tag in tags:
            yield from _each(tag)
