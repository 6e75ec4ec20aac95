"""Templates in actions: `{{ jq }}` over what a run knows."""

import json
import re
from functools import lru_cache
from typing import Any

import jq

from port_sandbox.core.json_types import Document

PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def rendered(value: Any, context: Document) -> Any:
    """Return a value with its templates filled in; a template alone keeps its type."""
    if isinstance(value, dict):
        return {key: rendered(one, context) for key, one in value.items()}
    if isinstance(value, list):
        return [rendered(one, context) for one in value]
    if not isinstance(value, str):
        return value
    if whole := PLACE.fullmatch(value.strip()):
        return _evaluated(whole[1], context)
    return PLACE.sub(lambda place: _text(_evaluated(place[1], context)), value)


@lru_cache(maxsize=512)
def _program(text: str) -> Any:
    return jq.compile(text)


def _evaluated(text: str, context: Document) -> Any:
    try:
        return next(iter(_program(text).input_value(context)), None)
    except ValueError:
        return None


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
