"""Templates in actions: `{{ jq }}` over what a run knows.

What a run knows is the sandbox's part of Port's: `.inputs` (an input that names an entity is that
entity), `.entity`, `.run.id`, `.action` and `.trigger` with `operation`, `origin`, `at` and
`by.user.email`; in the node of a workflow `.outputs.trigger`. Secrets are not there.

https://docs.port.io/actions-and-automations/create-self-service-experiences/setup-the-backend
"""

import json
import re
from typing import Any

from port_sandbox.core.jq_program import first_result
from port_sandbox.core.json_types import Document

PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
QUERY = "jqQuery"


def rendered(value: Any, context: Document) -> Any:
    """Return a value with its templates filled in; a template alone keeps its type."""
    if isinstance(value, dict):
        return {key: rendered(one, context) for key, one in value.items()}
    if isinstance(value, list):
        return [rendered(one, context) for one in value]
    if not isinstance(value, str):
        return value
    if (whole := PLACE.fullmatch(value.strip())) and "{{" not in whole[1]:
        return first_result(whole[1], context)
    return PLACE.sub(lambda place: _text(first_result(place[1], context)), value)


def answered(value: Any, context: Document) -> Any:
    """Return a part of a form, which may be written as `{"jqQuery": ...}`."""
    if isinstance(value, dict) and isinstance(value.get(QUERY), str):
        return first_result(value[QUERY], context)
    return value


def asks(value: Any) -> bool:
    """Tell whether a part of a form is or holds a query, so that it may change with the form."""
    if isinstance(value, dict):
        return QUERY in value or any(asks(one) for one in value.values())
    return isinstance(value, list) and any(asks(one) for one in value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
