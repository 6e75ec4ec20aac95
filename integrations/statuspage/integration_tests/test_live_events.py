"""Live events through the real integration: what they change in the catalog."""

import pytest

from tests.account import Account

from .conftest import Start, mapping_of
from .webhooks import of_component, of_incident, tell, until

PAGE = "statuspage"
INCIDENT = "statuspageIncident"
UPDATE = "statuspageIncidentUpdate"
COMPONENT = "statuspageComponent"


async def test_an_event_brings_what_the_api_tells_and_nothing_of_its_own(
    start: Start, account: Account
) -> None:
    incident = account.add_incident(account.add_page(), status="investigating")
    catalog = await start()
    incident["status"] = "monitoring"

    await tell(of_incident(incident, status="resolved", impact="critical"))
    await until(lambda: catalog.properties(INCIDENT, incident["id"])["status"] == "monitoring")

    assert catalog.properties(INCIDENT, incident["id"])["impact"] == "minor"
    assert account.counted[-1] == f"/v1/pages/{incident['page_id']}/incidents/{incident['id']}"


async def test_an_incident_that_is_gone_disappears_with_its_updates_and_nothing_else(
    start: Start, account: Account
) -> None:
    page = account.add_page(components=2, incidents=3)
    catalog = await start()
    gone = page.incidents.pop(1)
    before = set(catalog.entities)

    its_own = {(UPDATE, update["id"]) for update in gone["incident_updates"]}
    its_own.add((INCIDENT, gone["id"]))

    await tell(of_incident(gone))
    await until(lambda: catalog.entities.keys().isdisjoint(its_own))

    assert before - set(catalog.entities) == its_own
    assert catalog.cascades == []


async def test_a_component_that_is_gone_disappears_and_takes_no_incident_along(
    start: Start, account: Account
) -> None:
    page = account.add_page(components=3)
    account.add_incident(page, components=[page.components[0]])
    catalog = await start()
    gone = page.components.pop(0)
    before = set(catalog.entities)

    await tell(of_component(gone))
    await until(lambda: gone["id"] not in catalog.ids(COMPONENT))

    assert before - set(catalog.entities) == {(COMPONENT, gone["id"])}
    assert catalog.cascades == []


@pytest.mark.parametrize("pages", [1, 2])
async def test_what_is_gone_disappears_whatever_the_selector_asks_for(
    start: Start, account: Account, pages: int
) -> None:
    for _ in range(pages):
        page = account.add_page()
    gone = account.add_component(page, showcase=True)
    mapping = mapping_of()
    mapping["resources"][2]["selector"] = {"query": ".showcase == true"}
    catalog = await start(mapping)
    page.components.clear()

    await tell(of_component(gone))

    await until(lambda: gone["id"] not in catalog.ids(COMPONENT))


async def test_an_incident_that_leaves_the_selector_s_scope_disappears_with_its_updates(
    start: Start, account: Account
) -> None:
    incident = account.add_incident(account.add_page(), status="investigating")
    mapping = mapping_of("incident", "incident_update")
    for block in mapping["resources"]:
        block["selector"] = {"query": "true", "scopes": ["unresolved"]}
    catalog = await start(mapping)
    assert catalog.ids(INCIDENT) == {incident["id"]}
    incident["status"] = "resolved"

    await tell(of_incident(incident))

    await until(lambda: catalog.entities == {})


async def test_a_mapping_that_keeps_the_ids_as_properties_is_understood(
    start: Start, account: Account
) -> None:
    account.add_page()
    page = account.add_page(incidents=2)
    mapping = mapping_of("incident", "incident_update")
    for block, key, jq in zip(
        mapping["resources"], ("page", "incident"), (".page_id", ".incident_id"), strict=True
    ):
        own = {
            "identifier": '"own-" + .id',
            "title": ".id",
            "blueprint": f'"own{block["kind"]}"',
            "properties": {key: jq, "number": ".id"},
            "relations": {},
        }
        block["port"] = {"entity": {"mappings": own}}
    catalog = await start(mapping)
    gone = page.incidents.pop()

    await tell(of_incident(gone))
    await until(lambda: len(catalog.ids("ownincident")) == 1)

    left = {f"own-{update['id']}" for update in page.incidents[0]["incident_updates"]}
    assert catalog.ids("ownincident_update") == left


async def test_a_404_for_a_moment_deletes_nothing_and_the_event_is_brought_in_the_end(
    start: Start, account: Account
) -> None:
    page = account.add_page(components=1, incidents=1)
    incident = account.add_incident(page, status="investigating")
    catalog = await start()
    before = set(catalog.entities)
    spent = len(account.counted)
    account.fail("", 404)
    incident["status"] = "resolved"

    await tell(of_incident(incident))
    # The incident and then the list of incidents.
    await until(lambda: len(account.counted) >= spent + 2)
    account.heal()
    await until(lambda: catalog.properties(INCIDENT, incident["id"])["status"] == "resolved")

    assert set(catalog.entities) == before
    assert catalog.deleted_entities == []
    assert catalog.cascades == []


async def test_a_live_event_leaves_a_page_s_new_name_that_another_process_brought(
    start: Start, account: Account
) -> None:
    page = account.add_page(components=1, page_description="Old")
    catalog = await start()
    key = (PAGE, page.raw["id"])
    catalog.entities[key]["title"] = page.raw["name"] = "A new name"
    catalog.entities[key]["properties"]["page_description"] = "A new description"
    before = catalog.entities[key] | {"properties": dict(catalog.entities[key]["properties"])}
    page.components[0]["status"] = "major_outage"

    await tell(of_component(page.components[0]))
    await until(lambda: catalog.properties(*key)["status_indicator"] != "none")

    status = {"status_indicator": "critical", "status_description": "Major System Outage"}
    assert catalog.properties(*key) == before["properties"] | status
    assert catalog.entities[key] == before | {"properties": catalog.properties(*key)}
