"""Every English text that visitors may read in their language, found where it is used."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import statuspage_server
from statuspage_server.core.status import ComponentStatus, top_level
from statuspage_server.site import heartbeats, states
from statuspage_server.web import attempts, report_routes, subscribe_routes, subscription_routes
from statuspage_server.web.admin import audience, desk, incident_form, subscribers
from statuspage_server.web.admin import heartbeats as admin_heartbeats
from statuspage_server.web.admin import sign_in as admin_sign_in
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
        if len(call.args) == 3:
            found[_literal(call.args[0])] = _literal(call.args[1])
    found.pop("", None)
    return found


def texts() -> set[str]:
    found = {word for word, _ in states.STATES.values()} | set(states.PHASES.values())
    found |= {states.OPEN_INCIDENT, sign_in.WRONG, sign_in.TOO_MANY}
    found |= set(states.IMPACTS.values()) | {word for word, _ in heartbeats.ITEM_STATES.values()}
    found |= _of_followers() | _of_operators() | _refusals()
    found |= _headlines()
    found |= {*chain(*error_page.SENTENCES.values(), error_page.OTHERWISE)}
    for template in _templates():
        found |= set(_TEXT.findall(template))
    found |= {_literal(call.args[0]) for call in _calls("text") if call.args}
    found.discard("")
    return found


def _of_followers() -> set[str]:
    asked = chain(*subscription_routes.ASKED.values())
    said = {subscription_routes.GONE, subscription_routes.CONFIRMED, subscription_routes.SAVED}
    others = {subscribe_routes.DONE, subscribe_routes.NOBODY, report_routes.DONE}
    return {*asked, *said, *others, attempts.TOO_MANY}


def _of_operators() -> set[str]:
    return {
        *desk.DONE.values(),
        *incident_form.USUAL_TEXTS.values(),
        incident_form.CANCELLED,
        *admin_heartbeats.KINDS.values(),
        *subscribers.STATE_WORDS.values(),
        *subscribers.MODES.values(),
        "Channel",
        audience.SILENCE,
        *(words for _, words in audience.WAYS),
        admin_sign_in.WRONG,
        admin_sign_in.TOO_MANY,
    }


# Where visitors' own forms are refused, and what operators forget in theirs.
REFUSING = (
    "core/addresses.py",
    "core/chat.py",
    "manage/self_service.py",
    "manage/problem_reports.py",
    "manage/postmortems.py",
    "web/admin/components.py",
    "web/admin/incident_form.py",
)


def _refusals() -> set[str]:
    """As pages show them, with a full stop."""
    found = set()
    for name in REFUSING:
        for node in ast.walk(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unprocessable":
                found |= {f"{text}." for text in _literals(node)}
    return found


def _literals(call: ast.Call) -> Iterator[str]:
    for argument in call.args:
        parts = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
        yield from filter(None, map(_literal, parts))


def _headlines() -> set[str]:
    pages = [[one, other] for one in ComponentStatus for other in ComponentStatus]
    return {top_level(page).description for page in pages}


def _templates() -> Iterator[str]:
    for path in PACKAGE.rglob("*.html"):
        yield path.read_text(encoding="utf-8")


def _calls(name: str) -> Iterator[ast.Call]:
    for folder in (PACKAGE / "site", PACKAGE / "web"):
        for path in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == name
                    # Fields of a form are read by the same word.
                    and getattr(node.func.value, "id", "") != "deed"
                ):
                    yield node


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
