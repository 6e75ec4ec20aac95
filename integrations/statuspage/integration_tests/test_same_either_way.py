"""An entity is the same whichever way it came: by a resync or by a live event."""

from typing import Any

import pytest

from tests.account import ADDED, Account, Page, Raw

from .conftest import Boot, Booted
from .webhooks import tell, until

BASE = "https://ocean.acme.test"
LATER = "2026-01-02T03:04:05.678Z"
DATES: Raw = {"created_at": ADDED, "updated_at": "2026-01-02T03:04:05Z"}

type Entities = dict[tuple[str, str], dict[str, Any]]


def rich_page(account: Account) -> Page:
    """Return a page with something in every field that the mapping reads."""
    page = account.add_page(page_description="All", subdomain="shop", time_zone="UTC", **DATES)
    group = account.add_group(page, status="partial_outage")
    about = {"description": "What customers use", "position": 2, **DATES}
    group |= about
    page.components[-1] |= about | {"created_at": "2026-01-01T00:00:00.123Z", "updated_at": LATER}
    for number, status in enumerate(["partial_outage", "operational"]):
        row = account.add_component(
            page,
            group_id=group["id"],
            status=status,
            description=f"Number {number}",
            position=number,
            showcase=True,
            only_show_if_degraded=False,
            start_date="2020-02-03",
            **DATES,
        )
        group["components"].append(row["id"])
    affected = page.components[1]
    for name, changes in (
        ("Outage", {"status": "identified", "impact": "major", "shortlink": "https://stspg.io/x"}),
        (
            "Upgrade",
            {
                "status": "scheduled",
                "impact": "maintenance",
                "scheduled_for": LATER,
                "scheduled_until": LATER,
                "scheduled_remind_prior": True,
                "reminder_intervals": "[3, 6]",
            },
        ),
        (
            "Over",
            {
                "status": "postmortem",
                "resolved_at": LATER,
                "postmortem_body": "Why.",
                "postmortem_published_at": LATER,
                "metadata": {"jira": {"issue": "A-1"}},
            },
        ),
    ):
        incident = account.add_incident(page, name=name, **DATES, components=[affected], **changes)
        for update in incident["incident_updates"]:
            update |= {"created_at": LATER, "updated_at": LATER}
            update["affected_components"] = [{"code": affected["id"], "name": "Component"}]
    return page


def by_id(entities: list[dict[str, Any]]) -> Entities:
    """Return entities by blueprint and identifier."""
    return {(one["blueprint"], one["identifier"]): one for one in entities}


def webhooks(page: Page) -> list[Raw]:
    """Return a webhook about each incident and each component."""
    about = {"page": {"id": page.raw["id"]}}
    return [
        *({**about, "incident": {"id": one["id"]}} for one in page.incidents),
        *(
            {**about, "component_update": {"component_id": row["id"]}, "component": {}}
            for row in page.components
            if not row["group"]
        ),
    ]


@pytest.mark.parametrize("private", [False, True])
async def test_a_live_event_brings_the_same_entities_as_a_resync(
    boot: Boot, account: Account, *, private: bool
) -> None:
    page = rich_page(account)
    if private:
        page.raw["viewers_must_be_team_members"] = True
    booted: Booted = await boot(once=False, base_url=BASE)
    by_resync = by_id((await booted.resync()).upserted_entities)
    assert {blueprint for blueprint, _ in by_resync} == {
        "statuspage",
        "statuspageComponentGroup",
        "statuspageComponent",
        "statuspageIncident",
        "statuspageIncidentUpdate",
    }
    booted.harness.port_mock.upserted_entities.clear()

    for event in webhooks(page):
        await tell(event)

    by_event = booted.harness.port_mock.upserted_entities
    await until(lambda: set(by_id(by_event)) >= set(by_resync))
    told = by_id(by_event)
    # Of the page itself nothing was read again but its status.
    in_full = by_resync.pop(key := ("statuspage", page.raw["id"]))
    status = told.pop(key)
    assert status["properties"].items() <= in_full["properties"].items()
    assert set(status["properties"]) == {"status_indicator", "status_description"}
    assert set(status) == {"identifier", "blueprint", "properties"}
    assert told == by_resync
    assert booted.harness.port_mock.deleted_entities == []


async def test_a_404_takes_the_incident_out_and_nothing_else(boot: Boot, account: Account) -> None:
    page = rich_page(account)
    gone = page.incidents[0]
    found = [{"identifier": gone["id"], "blueprint": "statuspageIncident"}]
    booted: Booted = await boot(once=False, base_url=BASE, in_port=found)
    await booted.resync()
    page.incidents.remove(gone)

    await tell({"page": {"id": page.raw["id"]}, "incident": {"id": gone["id"]}})

    mock = booted.harness.port_mock
    await until(lambda: mock.deleted_entities != [])
    assert {one["identifier"] for one in mock.deleted_entities} == {gone["id"]}
