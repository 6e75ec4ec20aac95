"""Whether a report arrived although its answer did not. No I/O."""

from typing import Any

from statuspage import Raw

from .moments import read
from .rows import issues_of


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
