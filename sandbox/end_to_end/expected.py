"""What the catalog must hold of a status page, worked out once more from the API's objects."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from end_to_end.catalog import BLUEPRINTS, Entity
from end_to_end.statuspage import Raw, Statuspage

type Seen = tuple[str, dict[str, Any], dict[str, Any]]
type Whole = dict[str, dict[str, Seen]]

# Some of what the default mapping takes over as it is, by the API's names.
SAME = {
    "statuspage": ("subdomain", "time_zone"),
    "statuspageComponentGroup": ("position", "description"),
    "statuspageComponent": ("status", "position", "showcase"),
    "statuspageIncident": ("status", "impact"),
    "statuspageIncidentUpdate": ("status", "body"),
}


def expected(statuspage: Statuspage, page_ids: Iterable[str] | None = None) -> Whole:
    """Return title, some properties and all relations of each entity."""
    whole: Whole = {blueprint: {} for blueprint in BLUEPRINTS}
    wanted = None if page_ids is None else set(page_ids)
    for page in statuspage.pages():
        if wanted is None or page["id"] in wanted:
            for blueprint, raw, title, relations in _of_page(statuspage, page):
                properties = {name: raw[name] for name in SAME[blueprint]}
                whole[blueprint][raw["id"]] = (title, properties, relations)
    return whole


def seen(entities: Mapping[str, Mapping[str, Entity]]) -> Whole:
    return {
        blueprint: {
            identifier: (
                one["title"],
                {name: one["properties"].get(name) for name in SAME[blueprint]},
                {name: _any_order(value) for name, value in one["relations"].items()},
            )
            for identifier, one in found.items()
        }
        for blueprint, found in entities.items()
    }


def _of_page(statuspage: Statuspage, page: Raw) -> Iterator[tuple[str, Raw, str, dict[str, Any]]]:
    page_id = page["id"]
    here = {"statuspage": page_id}
    yield "statuspage", page, page["name"], {}
    for group in statuspage.groups(page_id):
        yield "statuspageComponentGroup", group, group["name"], here
    for component in statuspage.components(page_id):
        relations = {"componentGroup": component["group_id"], **here}
        yield "statuspageComponent", component, component["name"], relations
    for incident in statuspage.incidents(page_id):
        hit = sorted(one["id"] for one in incident["components"])
        yield "statuspageIncident", incident, incident["name"], {"components": hit, **here}
        for update in incident["incident_updates"]:
            told = sorted(one["code"] for one in update["affected_components"] or ())
            relations = {"incident": incident["id"], "affectedComponents": told, **here}
            title = next(iter((update["body"] or "").strip().splitlines()), update["status"])
            yield "statuspageIncidentUpdate", update, title[:255], relations


def _any_order(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value
