"""Whether a component's public row holds all that a mapping asks for. No I/O."""

import re
from collections.abc import Iterable

from port_ocean.core.handlers.port_app_config.models import ResourceConfig

from kinds import ObjectKind

# The one key that the public view leaves out, and what hands on an object as a whole.
_MORE = re.compile(r"automation_email|\b(tojson|keys|to_entries|with_entries|del|paths|walk)\b")
_WHOLE = re.compile(r"^\s*\.\s*(\||$)")


def rows_suffice(blocks: Iterable[ResourceConfig]) -> bool:
    """Tell whether no mapping of components asks for more; in doubt it does."""
    return not any(
        _MORE.search(expression) or _WHOLE.search(expression)
        for block in blocks
        if block.kind == ObjectKind.COMPONENT
        for expression in _texts([block.selector.query, block.port.dict()])
    )


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
