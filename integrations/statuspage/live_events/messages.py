"""What the log says of live events: one line each, by which the way of an event is followed."""

from kinds import ObjectKind
from publishing.found import Found


def summary_of(found: Found, since: float, now: float) -> str:
    """Return what was brought, and how long after the first event it was there."""
    numbers = {kind.value.replace("_", " "): len(found.of(kind)) for kind in ObjectKind}
    brought = [f"{many} {noun}{'s' * (many > 1)}" for noun, many in numbers.items() if many]
    return (
        f"Live event on {found.page.get('name')} ({found.page['id']}): "
        f"{', '.join(brought) or 'nothing new'}; "
        f"read after {found.read_at - since:.2f} s, in the catalog after {now - since:.2f} s"
    )
