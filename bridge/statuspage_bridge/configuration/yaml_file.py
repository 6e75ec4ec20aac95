"""Reads a YAML file, and remembers on which line each value stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from statuspage_bridge.errors import StartError

type Place = tuple[str | int, ...]

# Far more than any configuration has, and far less than what takes long to read.
LARGEST = 1_000_000
DEEPEST = 20

_TEXT = "tag:yaml.org,2002:str"
_PLAIN = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class _Loader(yaml.SafeLoader):
    """Refuses what makes a short file long, or its structure bottomless."""

    depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        problem = None
        self.depth += 1
        if self.depth > DEEPEST:
            problem = f"it is nested more than {DEEPEST} deep"
        elif event.anchor is not None:
            problem = "anchors and aliases are not supported: write it out"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


@dataclass(slots=True)
class YamlFile:
    """What is in a file. `read_text` is what each text stands for."""

    path: Path
    read_text: Callable[[str], str] = str
    content: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    # Faults by their place, which the texts and names have in themselves.
    faults: list[tuple[Place, str]] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Return the line on which something stands, or else what it would be in."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fill(self, text: str) -> None:
        """Take over the content of a text."""
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            self.content = None if node is None else self._value(loader, node, ())
        finally:
            loader.dispose()

    def _value(self, loader: _Loader, node: Node, place: Place) -> Any:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if not isinstance(node, ScalarNode) and node.tag not in _PLAIN:
            raise yaml.MarkedYAMLError(
                problem="tags are not supported", problem_mark=node.start_mark
            )
        if isinstance(node, MappingNode):
            return self._mapping(loader, node, place)
        if isinstance(node, SequenceNode):
            return [
                self._value(loader, one, (*place, number)) for number, one in enumerate(node.value)
            ]
        value = loader.construct_object(node)
        if isinstance(node, ScalarNode) and node.tag == _TEXT and isinstance(value, str):
            try:
                return self.read_text(value)
            except ValueError as error:
                self.faults.append((place, str(error)))
        return value

    def _mapping(self, loader: _Loader, node: MappingNode, place: Place) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else "?"
            here = (*place, name)
            if name in found:
                self.faults.append((here, f"it is there twice, here and on line {self.line(here)}"))
            self.lines[here] = key.start_mark.line + 1
            found[name] = self._value(loader, value, here)
        return found


def read_yaml(path: Path, read_text: Callable[[str], str] = str) -> YamlFile:
    """Return what is in a file, or say on which line it is no YAML."""
    found = YamlFile(path, read_text)
    try:
        if path.stat().st_size > LARGEST:
            raise StartError(f"{path} has more than {LARGEST} bytes.")
        found.fill(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise StartError(f"{path} cannot be read: it is no text in UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise StartError(
            f"{path}, line {line}: this is no YAML that can be read ({error.problem}). "
            "Put texts in quotes."
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise StartError(f"{path} is no YAML that can be read.") from error
    return found
