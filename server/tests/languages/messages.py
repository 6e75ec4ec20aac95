"""Every English text that visitors may read in their language, found where it is used."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import statuspage_server
from statuspage_server.core.status import ComponentStatus, top_level
from statuspage_server.site import heartbeats, states
from statuspage_server.web.site import error_page, sign_in

PACKAGE = Path(statuspage_server.__file__).parent
_TEXT = re.compile(r'\b_\(\s*"((?:[^"\\]|\\.)*)"')
_COUNT = re.compile(r'\bcount\(\s*"([^"]*)",\s*"([^"]*)"')


def counted() -> dict[str, str]:
    """Texts for one thing, with those for many."""
    found = {one: many for _, one, many in heartbeats.UNITS}
    for template in _templates():
        found |= dict(_COUNT.findall(template))
    for call in _calls("count"):
        found[_literal(call.args[0])] = _literal(call.args[1])
    found.pop("", None)
    return found


def texts() -> set[str]:
    found = {word for word, _ in states.STATES.values()} | set(states.PHASES.values())
    found |= {states.OPEN_INCIDENT, sign_in.WRONG, sign_in.TOO_MANY}
    found |= _headlines()
    found |= {*chain(*error_page.SENTENCES.values(), error_page.OTHERWISE)}
    for template in _templates():
        found |= set(_TEXT.findall(template))
    found |= {_literal(call.args[0]) for call in _calls("text") if call.args}
    found.discard("")
    return found


def _headlines() -> set[str]:
    pages = [[one, other] for one in ComponentStatus for other in ComponentStatus]
    return {top_level(page).description for page in pages}


def _templates() -> Iterator[str]:
    for path in PACKAGE.rglob("*.html"):
        yield path.read_text(encoding="utf-8")


def _calls(name: str) -> Iterator[ast.Call]:
    for folder in (PACKAGE / "site", PACKAGE / "web" / "site"):
        for path in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == name
                ):
                    yield node


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
