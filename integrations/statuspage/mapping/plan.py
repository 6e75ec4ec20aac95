"""A mapping taken apart into expressions, and entities put together from their values."""

from dataclasses import dataclass
from typing import Any

type Json = dict[str, Any]


@dataclass(slots=True)
class _Leaf:
    path: str
    pattern: Any
    # Where its value is; none, for what is not even a text.
    place: int | None


type _Part = _Leaf | dict[str, _Part] | list[_Part] | None


class Plan:
    """The expressions of a mapping, and where their values belong in an entity."""

    def __init__(self, mapping: Json) -> None:
        self.expressions: list[str] = []
        # By which Ocean tells where each stands.
        self.paths: list[str] = []
        self._parts = self._object(mapping, "")

    def entity(self, values: list[Any]) -> tuple[Json, Json]:
        """Put an entity together; return it, and the expressions that gave nothing by path."""
        misconfigurations: Json = {}
        entity = {key: _built(part, values, misconfigurations) for key, part in self._parts.items()}
        return entity, misconfigurations

    def _object(self, mapping: Json, above: str) -> dict[str, _Part]:
        return {
            key: self._part(value, f"{above}.{key}" if above else key)
            for key, value in mapping.items()
        }

    def _part(self, value: Any, path: str) -> _Part:
        if isinstance(value, dict):
            return self._object(value, path)
        if isinstance(value, list):
            return [self._object(one, path) if isinstance(one, dict) else None for one in value]
        if not isinstance(value, str):
            return _Leaf(path, value, None)
        self.expressions.append(value)
        self.paths.append(path)
        return _Leaf(path, value, len(self.expressions) - 1)


def _built(part: _Part, values: list[Any], misconfigurations: Json) -> Any:
    match part:
        case _Leaf():
            value = None if part.place is None else values[part.place]
            if value is None:
                misconfigurations[part.path] = part.pattern
            return value
        case dict():
            return {key: _built(one, values, misconfigurations) for key, one in part.items()}
        case list():
            built = [_built(one, values, misconfigurations) for one in part]
            # Ocean knows lists of objects alone, as in the rules of a search.
            return None if None in part else built
        case None:
            return None
