"""What a page has prepared for its incidents and maintenances."""

from typing import TYPE_CHECKING, Any

from statuspage.answers import Raw
from statuspage.errors import AmbiguousName, UnknownName
from statuspage.records import objects

if TYPE_CHECKING:
    from statuspage.client import StatuspageClient


async def find_template(client: "StatuspageClient", page_id: str, wanted: str) -> Raw:
    """Return a template by its name or id."""
    templates = [one async for one in client.templates(page_id)]
    names = {one["id"]: str(one.get("name") or "") for one in templates}
    found = [
        one
        for one in templates
        if wanted == one["id"] or names[one["id"]].casefold() == wanted.strip().casefold()
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName("template", wanted, [one["id"] for one in found])
    raise UnknownName("template", wanted, list(names.values()))


def said_by(template: Raw) -> dict[str, Any]:
    """Return what a template says of a draft. Whether subscribers are told is not its to say."""
    said = {
        "name": template.get("title"),
        "body": template.get("body"),
        "status": template.get("update_status"),
    }
    return {name: str(value) for name, value in said.items() if value}


def affected_by(template: Raw) -> dict[str, str | None]:
    """Return the components that a template affects; it has no statuses for them."""
    rows = objects(template.get("components"))
    return {str(row["id"]): None for row in rows if "id" in row}
