"""Whether a report arrived although its answer did not. No I/O."""

from typing import Any

from statuspage import Raw

from .moments import read


def rows_under(content: Any, name: str) -> list[Raw]:
    """Return the objects of an answer that is a list, or has one under this or its only name."""
    if isinstance(content, dict):
        lists = [one for one in content.values() if isinstance(one, list)]
        content = content.get(name, lists[0] if len(lists) == 1 else [])
    return [one for one in content if isinstance(one, dict)] if isinstance(content, list) else []


def issues_of(content: Any) -> list[Raw]:
    """Return the issues of a list: its form is not documented."""
    return rows_under(content, "issues")


def find_issue(content: Any, sent: Raw) -> Raw | None:
    """Return the issue that was sent: of the same component and moment, with the same comment."""
    for issue in issues_of(content):
        same = all(
            sent[key] == issue.get(key)
            for key in ("componentId", "componentName", "comment")
            if key in sent
        )
        if same and read(issue.get("occurredAt")) == read(sent["occurredAt"]):
            return issue
    return None
