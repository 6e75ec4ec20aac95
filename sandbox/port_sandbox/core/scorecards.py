"""The level that an entity reaches on a scorecard."""

from datetime import datetime

from port_sandbox.core.json_types import Document
from port_sandbox.core.search import Subject, compile_query

DEFAULT_LEVELS = [{"title": name} for name in ("Basic", "Bronze", "Silver", "Gold")]


def scored(scorecard: Document, subject: Subject, now: datetime) -> Document | None:
    """Return the level and each rule's outcome, or nothing where the filter leaves it out."""
    if (chosen := scorecard.get("filter")) and not compile_query(chosen, now)(subject):
        return None
    rules = [
        {
            "identifier": rule["identifier"],
            "title": rule.get("title", rule["identifier"]),
            "level": rule["level"],
            "status": "SUCCESS" if compile_query(rule["query"], now)(subject) else "FAILURE",
        }
        for rule in scorecard.get("rules", [])
    ]
    return {"level": _level(scorecard, rules), "rules": rules}


def _level(scorecard: Document, rules: list[Document]) -> str:
    """A level needs all of its own rules and all of those below it."""
    levels = [str(level["title"]) for level in scorecard.get("levels") or DEFAULT_LEVELS]
    failed = {rule["level"] for rule in rules if rule["status"] == "FAILURE"}
    reached = levels[0]
    for level in levels[1:]:
        if level in failed:
            break
        reached = level
    return reached
