"""Webhooks that bring nothing: what is no notification, or is about something else."""

from tests.account import Account, Page
from tests.live_events import notifications

from .catalog import Catalog
from .conftest import Start
from .webhooks import of_component, of_incident, post, tell, until

INCIDENT = "statuspageIncident"


async def settle(catalog: Catalog, account: Account, page: Page) -> None:
    """Wait until everything that was told of has been looked at: events of a page keep order.

    So a new incident comes last.
    """
    last = account.add_incident(page)
    await tell(of_incident(last))
    await until(lambda: last["id"] in catalog.ids(INCIDENT))


NO_NEWS: list[object] = [
    None,
    [],
    [notifications.incident()],
    "incident",
    12,
    {"page": {"id": "../../etc"}, "incident": {"id": "inc"}},
    {"page": [], "incident": {"id": ["inc"]}},
    {"page": {}, "component": {}, "component_update": {}},
    notifications.incident(incident_id="../../../v1/pages"),
    notifications.incident(incident_id="a" * 65),
    notifications.incident(page_id="unserved"),
    notifications.component(page_id="unserved"),
]


async def test_what_is_no_notification_costs_no_request_and_changes_nothing(
    start: Start, account: Account
) -> None:
    page = account.add_page(components=2, incidents=2)
    catalog = await start()
    before, spent = dict(catalog.entities), len(account.counted)

    for payload in NO_NEWS:
        assert (await post(payload, page.raw["id"])).is_success
    assert account.counted[spent:] == []
    await settle(catalog, account, page)

    assert before.items() <= catalog.entities.items()
    assert len(account.counted) == spent + 1


async def test_a_body_that_names_another_page_than_the_token_s_changes_nothing(
    start: Start, account: Account
) -> None:
    page, other = account.add_page(), account.add_page(components=1, incidents=1)
    catalog = await start()
    before, spent = dict(catalog.entities), len(account.counted)
    other.incidents[0]["status"] = "monitoring"
    other.components[0]["status"] = "major_outage"

    for about_other in (of_incident(other.incidents[0]), of_component(other.components[0])):
        assert (await post(about_other, page.raw["id"])).is_success
    await settle(catalog, account, page)

    assert before.items() <= catalog.entities.items()
    assert not [one for one in account.counted[spent:] if other.raw["id"] in one]


async def test_a_token_of_a_page_that_is_not_served_brings_nothing(
    start: Start, account: Account
) -> None:
    account.add_page()
    catalog = await start()
    before, spent = dict(catalog.entities), len(account.counted)

    await tell(notifications.incident(page_id="unserved"))
    await settle(catalog, account, next(iter(account.pages.values())))

    assert before.items() <= catalog.entities.items()
    assert not [one for one in account.counted[spent:] if "unserved" in one]


async def test_an_id_that_the_api_does_not_know_is_asked_for_once_however_often_it_is_told(
    start: Start, account: Account
) -> None:
    page = account.add_page(components=2, incidents=2)
    catalog = await start()
    before, spent = dict(catalog.entities), len(account.counted)
    unknown = {"id": "unknown", "page_id": page.raw["id"], "status": "resolved"}

    for _ in range(2):
        for _ in range(50):
            await tell(of_incident(unknown))
        await settle(catalog, account, page)

    assert before.items() <= catalog.entities.items()
    assert len([address for address in account.counted[spent:] if "unknown" in address]) == 1
