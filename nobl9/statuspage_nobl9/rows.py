"""The rows of answers, however oddly they are filled. No I/O."""

from typing import Any

from statuspage import Raw


def issues_of(content: Any) -> list[Raw]:
    """Return the issues of a list, whatever it is called: its form is not documented."""
    if isinstance(content, dict):
        lists = [one for one in content.values() if isinstance(one, list)]
        content = content.get("issues", lists[0] if len(lists) == 1 else [])
    return objects(content)


def by_days(content: Any, name: str) -> list[Raw]:
    """Return the objects that are listed by their days, each with the `date` of its day."""
    days = content.get("days") if isinstance(content, dict) else None
    return [
        {"date": day.get("date"), **row} for day in objects(days) for row in objects(day.get(name))
    ]


def objects(value: object) -> list[Raw]:
    """Return the objects of a list, which may be null or hold something else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
