"""A YAML document with the line of everything in it.

Values stay the text that was written, so that a token of digits, an id `007` or a name `no` is what
the operator typed; the model gives each its type.
"""

from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import yaml

from statuspage_server.errors import ConfigError, Fault

type Path = tuple[str | int, ...]

# A page of 1,100 items has some ten thousand.
MOST_VALUES = 200_000


@dataclass
class Document:
    file: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int:
        """The line of the nearest thing that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse_document(text: str, file: str) -> Document:
    document = Document(file)
    loader = None
    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        if root is not None:
            reader = _Reader(document, loader)
            reader.refuse_what_explodes(root)
            document.value = reader.read(root, ())
    except RecursionError as error:
        sentence = "it is nested too deeply. Settings are a few levels deep."
        raise ConfigError([Fault(file, 1, sentence)]) from error
    except yaml.MarkedYAMLError as error:
        raise ConfigError([_syntax_fault(error, file)]) from error
    except yaml.YAMLError as error:
        raise ConfigError([Fault(file, 1, f"this is not YAML: {error}")]) from error
    finally:
        if loader is not None:
            loader.dispose()
    return document


def _syntax_fault(error: yaml.MarkedYAMLError, file: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or "it cannot be read"
    return Fault(
        file,
        mark.line + 1 if mark else 1,
        f"this is not valid YAML ({problem}). Check the indentation (spaces, no tabs), and put "
        'text with a colon or a quote in it into double quotes: "Group #2: web".',
    )


@dataclass
class _Reader:
    document: Document
    loader: yaml.SafeLoader
    sizes: dict[int, int] = field(default_factory=dict)

    def refuse_what_explodes(self, root: yaml.Node) -> None:
        """An alias stands for all that it names: a few lines of them can stand for more values than
        any memory holds. So they are counted, each node once, before they are written out."""
        if self._size(root, ()) > MOST_VALUES:
            self._refuse(root, f"written out it has over {MOST_VALUES} values. Use fewer aliases")

    def _size(self, node: yaml.Node, inside: tuple[int, ...]) -> int:
        if id(node) in inside:
            self._refuse(node, "an alias may not contain itself. Write the value out")
        known = self.sizes.get(id(node))
        if known is None:
            inside = (*inside, id(node))
            parts = node.value if isinstance(node, yaml.CollectionNode) else ()
            children = chain.from_iterable(parts) if isinstance(node, yaml.MappingNode) else parts
            known = self.sizes[id(node)] = 1 + sum(self._size(child, inside) for child in children)
        return known

    def read(self, node: yaml.Node, path: Path) -> Any:
        self.document.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*path, i)) for i, child in enumerate(node.value)]
        return None if node.tag == "tag:yaml.org,2002:null" else node.value

    def _mapping(self, node: yaml.MappingNode, path: Path) -> Any:
        self._refuse_twins(node)
        self.loader.flatten_mapping(node)
        value: dict[str, Any] = {}
        for key, child in node.value:
            name = str(key.value)
            self.document.lines[*path, name] = key.start_mark.line + 1
            value[name] = self.read(child, (*path, name))
        return value

    def _refuse_twins(self, node: yaml.MappingNode) -> None:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(key, "a list or mapping cannot be a name here. Write text")
            if key.value in seen and key.value != "<<":
                self._refuse(key, f"`{key.value}` is there twice. Keep one of them")
            seen.add(key.value)

    def _refuse(self, node: yaml.Node, sentence: str) -> None:
        raise ConfigError([Fault(self.document.file, node.start_mark.line + 1, f"{sentence}.")])
