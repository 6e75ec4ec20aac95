"""The mapping that most users have: that of the public integration, 0.2.98.

It takes fields as they are, but for a day that becomes a moment and two lists of relations.
"""

import re
from typing import Any

from tests.port_resources.shipped import KINDS, blueprint_of
from tests.port_resources.test_stored_mappings import STORED

type Json = dict[str, Any]

_OTHERS = {
    "startDate": '.start_date | if . == null then . else strptime("%Y-%m-%d") | todateiso8601 end',
    "components": "[.components[].id]",
    "affectedComponents": "[.affected_components[].code]",
    "incident": ".incident_id",
    "statuspage": ".page_id",
    "componentGroup": ".group_id",
}


def _field(name: str) -> str:
    return _OTHERS.get(name) or "." + re.sub("[A-Z]", lambda sign: "_" + sign[0].lower(), name)


def _block(kind: str) -> Json:
    blueprint = blueprint_of(kind)["identifier"]
    stored = STORED[blueprint]
    mappings: Json = {
        "identifier": ".id",
        "title": ".body  " if kind == "incident_update" else ".name",
        "blueprint": f'"{blueprint}"',
        "properties": {name: _field(name) for name in stored["properties"]},
    }
    if stored["relations"]:
        mappings["relations"] = {name: _field(name) for name in stored["relations"]}
    query = ".group == false" if kind == "component" else "true"
    return {
        "kind": kind,
        "selector": {"query": query},
        "port": {"entity": {"mappings": mappings}},
    }


PUBLIC: Json = {"resources": [_block(kind) for kind in KINDS]}
