"""jq, as blueprints, actions and forms use it: one program, one answer."""

from functools import lru_cache
from typing import Any

import jq


def first_result(program: str, value: Any) -> Any:
    """Return the first answer of a program; nothing where it has none or fails, as in Port."""
    try:
        return next(iter(_compiled(program).input_value(value)), None)
    except ValueError:
        return None


@lru_cache(maxsize=512)
def _compiled(program: str) -> Any:
    return jq.compile(program)
