"""What the log says of a look: one line, by which the way of an event can be followed."""

from .look import Found


def told(found: Found, since: float, now: float) -> str:
    """Return what was brought, at what cost, and how long after the first event it was there."""
    brought = [
        _many(len(found.incidents), "incident"),
        _many(len(found.components), "component"),
        _many(len(found.groups), "group"),
        "" if found.page_now is None else "the page",
    ]
    page = found.page
    return (
        f"Live event on {page.get('name')} ({page['id']}): "
        f"{', '.join(filter(None, brought)) or 'nothing new'}; "
        f"{_many(found.requests, 'request') or 'no request'}, "
        f"read after {found.read_at - since:.2f} s, in the catalog after {now - since:.2f} s"
    )


def _many(number: int, noun: str) -> str:
    plural = "" if number == 1 else "s"
    return f"{number} {noun}{plural}" if number else ""
