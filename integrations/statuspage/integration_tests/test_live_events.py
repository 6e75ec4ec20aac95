"""Live events through the real integration: what they change in the catalog, and what not."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from port_ocean.context.ocean import ocean

from tests.account import Account, Page
from tests.live_events import notifications

from .catalog import Catalog
from .conftest import Boot, mapping_of

INCIDENT = "statuspageIncident"
UPDATE = "statuspageIncidentUpdate"
COMPONENT = "statuspageComponent"

type Start = Callable[..., Awaitable["Live"]]


class Live:
    """The integration, listening, with a catalog that a resync has filled."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.caller = httpx.AsyncClient(
            transport=httpx.ASGITransport(ocean.app), base_url="http://ocean.example.com"
        )

    async def tell(self, payload: object) -> None:
        """Send a webhook."""
        answer = await self.caller.post("/integration/webhook", content=json.dumps(payload))
        assert answer.status_code == 200

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(20):
            while not holds():  # noqa: ASYNC110 (what is waited for is in the catalog)
                await asyncio.sleep(0.01)

    async def settle(self, account: Account, page: Page) -> None:
        """Wait until everything that was told of has been looked at: events of a page keep order.

        So a new incident comes last.
        """
        last = account.add_incident(page)
        await self.tell(incident_of(last))
        await self.until(lambda: last["id"] in self.catalog.ids(INCIDENT))


def incident_of(incident: dict[str, Any], page_id: str | None = None) -> dict[str, Any]:
    """Return the notification about an incident."""
    return notifications.incident(
        page_id=page_id or incident["page_id"],
        incident_id=incident["id"],
        status=incident["status"],
    )


def component_of(component: dict[str, Any], page_id: str | None = None) -> dict[str, Any]:
    """Return the notification about a component."""
    return notifications.component(
        page_id=page_id or component["page_id"], component_id=component["id"]
    )


@pytest.fixture
async def start(boot: Boot) -> AsyncIterator[Start]:
    """Start with a mapping, or with the shipped one; resync once and listen."""

    async def started(mapping: dict[str, Any] | None = None) -> Live:
        catalog = Catalog(mapping or mapping_of())
        booted = await boot(
            mapping, catalog=catalog, base_url="http://ocean.example.com", once=False
        )
        await booted.resync()
        ocean.app.initialize_app()
        await ocean.app.webhook_manager.start_processing_event_messages()
        return Live(catalog)

    yield started
    await ocean.app.webhook_manager.shutdown()


async def test_an_event_brings_what_the_api_tells_and_nothing_of_its_own(
    start: Start, account: Account
) -> None:
    incident = account.add_incident(account.add_page(), status="investigating")
    live = await start()
    incident["status"] = "monitoring"

    await live.tell(
        notifications.incident(
            page_id=incident["page_id"],
            incident_id=incident["id"],
            status="resolved",
            impact="critical",
        )
    )
    await live.until(
        lambda: live.catalog.properties(INCIDENT, incident["id"])["status"] == "monitoring"
    )

    assert live.catalog.properties(INCIDENT, incident["id"])["impact"] == "minor"
    assert account.counted[-1] == f"/v1/pages/{incident['page_id']}/incidents/{incident['id']}"


async def test_an_incident_that_is_gone_disappears_with_its_updates_and_nothing_else(
    start: Start, account: Account
) -> None:
    page = account.add_page(components=2, incidents=3)
    live = await start()
    gone = page.incidents.pop(1)
    before = set(live.catalog.entities)

    await live.tell(incident_of(gone))
    await live.until(lambda: gone["id"] not in live.catalog.ids(INCIDENT))

    updates = {(UPDATE, update["id"]) for update in gone["incident_updates"]}
    assert before - set(live.catalog.entities) == {(INCIDENT, gone["id"]), *updates}
    assert live.catalog.cascades == []


async def test_a_component_that_is_gone_disappears_and_takes_no_incident_along(
    start: Start, account: Account
) -> None:
    page = account.add_page(components=3)
    account.add_incident(page, components=[page.components[0]])
    live = await start()
    gone = page.components.pop(0)
    before = set(live.catalog.entities)

    await live.tell(component_of(gone))
    await live.until(lambda: gone["id"] not in live.catalog.ids(COMPONENT))

    assert before - set(live.catalog.entities) == {(COMPONENT, gone["id"])}
    assert live.catalog.cascades == []


@pytest.mark.parametrize("pages", [1, 2])
async def test_what_is_gone_disappears_whatever_the_selector_asks_for(
    start: Start, account: Account, pages: int
) -> None:
    for _ in range(pages):
        page = account.add_page()
    gone = account.add_component(page, showcase=True)
    mapping = mapping_of()
    mapping["resources"][2]["selector"] = {"query": ".showcase == true"}
    live = await start(mapping)
    page.components.clear()

    await live.tell(component_of(gone))

    await live.until(lambda: gone["id"] not in live.catalog.ids(COMPONENT))


async def test_an_incident_that_leaves_the_selector_s_scope_disappears_with_its_updates(
    start: Start, account: Account
) -> None:
    incident = account.add_incident(account.add_page(), status="investigating")
    mapping = mapping_of("incident", "incident_update")
    for block in mapping["resources"]:
        block["selector"] = {"query": "true", "scopes": ["unresolved"]}
    live = await start(mapping)
    assert live.catalog.ids(INCIDENT) == {incident["id"]}
    incident["status"] = "resolved"

    await live.tell(incident_of(incident))

    await live.until(lambda: live.catalog.entities == {})


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
    live = await start(mapping)
    gone = page.incidents.pop()

    await live.tell(incident_of(gone))
    await live.until(lambda: len(live.catalog.ids("ownincident")) == 1)

    left = {f"own-{update['id']}" for update in page.incidents[0]["incident_updates"]}
    assert live.catalog.ids("ownincident_update") == left


async def test_what_is_named_under_another_page_stays(start: Start, account: Account) -> None:
    page, other = account.add_page(), account.add_page(components=1, incidents=1)
    live = await start()
    before = dict(live.catalog.entities)
    [incident], [component] = other.incidents, other.components
    spent = len(account.counted)

    await live.tell(incident_of(incident, page.raw["id"]))
    await live.tell(component_of(component, page.raw["id"]))
    await live.settle(account, page)

    assert before.items() <= live.catalog.entities.items()
    assert len(account.counted) - spent <= 3


async def test_a_page_that_keeps_no_page_in_the_catalog_loses_nothing_by_a_wrong_name(
    start: Start, account: Account
) -> None:
    page, other = account.add_page(), account.add_page(incidents=1)
    mapping = mapping_of("incident")
    mapping["resources"][0]["port"]["entity"]["mappings"]["relations"] = {}
    live = await start(mapping)

    await live.tell(incident_of(other.incidents[0], page.raw["id"]))
    await live.settle(account, page)

    assert other.incidents[0]["id"] in live.catalog.ids(INCIDENT)


async def test_after_a_wrong_name_the_right_event_is_still_heard(
    start: Start, account: Account
) -> None:
    page, other = account.add_page(), account.add_page()
    incident = account.add_incident(other, status="investigating")
    live = await start()
    await live.tell(incident_of(incident, page.raw["id"]))
    await live.settle(account, page)

    incident["status"] = "resolved"
    await live.tell(incident_of(incident))

    await live.until(
        lambda: live.catalog.properties(INCIDENT, incident["id"])["status"] == "resolved"
    )


FORGED: list[object] = [
    None,
    [],
    [notifications.incident()],
    "incident",
    12,
    {"page": {"id": "../../etc"}, "incident": {"id": "inc"}},
    {"page": {"id": "unserved"}, "incident": {"id": "inc"}},
    {"page": [], "incident": {"id": ["inc"]}},
    {"page": {}, "component": {}, "component_update": {}},
    notifications.incident(incident_id="../../../v1/pages"),
    notifications.incident(incident_id="a" * 65),
    notifications.incident(page_id="unserved"),
    notifications.component(page_id="unserved"),
]


async def test_forged_events_cost_no_request_and_change_nothing(
    start: Start, account: Account
) -> None:
    account.add_page(components=2, incidents=2)
    live = await start()
    before, spent = dict(live.catalog.entities), len(account.counted)

    for payload in FORGED:
        await live.tell(payload)

    assert live.catalog.entities == before
    assert len(account.counted) == spent


async def test_a_made_up_id_costs_one_request_however_often_it_is_told(
    start: Start, account: Account
) -> None:
    page = account.add_page(components=2, incidents=2)
    live = await start()
    before, spent = dict(live.catalog.entities), len(account.counted)
    made_up = incident_of({"id": "madeup", "page_id": page.raw["id"], "status": "resolved"})

    for _ in range(50):
        await live.tell(made_up)
    await live.settle(account, page)
    for _ in range(50):
        await live.tell(made_up)
    await live.settle(account, page)

    assert before.items() <= live.catalog.entities.items()
    asked = [address for address in account.counted[spent:] if "madeup" in address]
    assert len(asked) == 1


async def test_a_flood_of_made_up_ids_takes_a_share_of_the_quota_and_changes_nothing(
    start: Start, account: Account
) -> None:
    page = account.add_page(components=2, incidents=2)
    other = account.add_page()
    live = await start()
    before, spent = dict(live.catalog.entities), len(account.counted)

    for number in range(500):
        await live.tell(
            incident_of({"id": f"madeup{number}", "page_id": page.raw["id"], "status": "resolved"})
        )
    await live.settle(account, other)

    assert before.items() <= live.catalog.entities.items()
    assert len(account.counted) - spent <= 60 // 2
