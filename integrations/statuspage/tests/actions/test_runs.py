"""Every run comes to an end that Port is told, and what it does happens once."""

import asyncio

import pytest

from actions.runs import AT_THE_END, CATALOG_WITHIN, LONGEST, STOPPED, TOO_LONG
from kinds import ObjectKind
from tests.statuspage.writing.store import Store, Trouble
from tests.virtual_time import now

from .desk import RUNNING, Desk

OUTAGE = {"pageId": "Acme Cloud", "name": "Labels do not print"}


async def test_a_run_ends_with_its_link_its_label_and_a_line_in_its_log(desk: Desk) -> None:
    run = desk.run("create_incident", OUTAGE)

    assert await desk.execute(run) == {
        "externalRunId": "incident1",
        "status": "SUCCESS",
        "statusLabel": "Created",
    }
    assert desk.port.lines[run.id] == ["INFO Opened the incident Labels do not print."]


async def test_a_node_of_a_workflow_hands_on_what_later_ones_need(desk: Desk) -> None:
    run = desk.run("create_incident", OUTAGE, node=True)

    told = await desk.execute(run)

    assert (told["status"], told["result"]) == ("COMPLETED", "SUCCESS")
    assert told["output"] == {"incidentId": "incident1", "status": "investigating"}
    assert told["statusLabel"] == {"text": "Created"}


async def test_while_it_is_worked_on_a_run_can_be_found_by_its_external_id(
    desk: Desk, store: Store
) -> None:
    run = desk.run("create_incident", OUTAGE)
    desk.catalog_takes = 3
    working = asyncio.create_task(desk.actions[run.action_type].execute(run))
    await asyncio.sleep(1)

    assert desk.port.fields[run.id] == {"externalRunId": RUNNING, "statusLabel": "Creating"}
    assert len(store.incidents) == 1
    await working


async def test_a_run_that_is_handed_out_twice_opens_one_incident(desk: Desk, store: Store) -> None:
    run = desk.run("create_incident", OUTAGE)

    first = await desk.execute(run)

    assert await desk.execute(run) == first
    assert len(store.incidents) == 1


async def test_not_even_when_the_incident_is_over_by_then(desk: Desk, store: Store) -> None:
    run = desk.run("create_incident", OUTAGE)
    await desk.execute(run)
    store.incidents["incident1"]["status"] = "resolved"

    await desk.execute(run)

    assert len(store.incidents) == 1


@pytest.mark.parametrize(
    "trouble",
    [Trouble.ANSWER_LOST, Trouble.REQUEST_LOST, Trouble.FAILED_AFTER, Trouble.FAILED_BEFORE],
)
async def test_nor_when_an_answer_is_lost(desk: Desk, store: Store, trouble: Trouble) -> None:
    # The pages, the incidents that are there, and then the new one.
    store.troubles.extend([Trouble.NONE, Trouble.NONE, trouble])

    told = await desk.do("create_incident", **OUTAGE)

    assert told["status"] == "SUCCESS"
    assert store.asked[2].startswith("POST")
    assert len(store.incidents) == 1


async def test_an_end_that_port_does_not_take_is_told_again(desk: Desk) -> None:
    run = desk.run("create_incident", OUTAGE)
    working = asyncio.create_task(desk.actions[run.action_type].execute(run))
    await asyncio.sleep(0.05)
    desk.port.refuses = 4
    await working
    await asyncio.sleep(60)

    assert desk.port.fields[run.id]["status"] == "SUCCESS"
    assert len(desk.port.lines[run.id]) == 1


async def test_the_next_run_does_not_wait_until_port_is_told(desk: Desk) -> None:
    first, second = (desk.run("create_incident", OUTAGE) for _ in range(2))
    await desk.actions[first.action_type].execute(first)
    desk.port.refuses = 5
    begun = now()

    await desk.actions[second.action_type].execute(second)

    assert now() - begun < CATALOG_WITHIN


@pytest.mark.parametrize(
    ("inputs", "label", "said"),
    [
        ({"pageId": "Acme Clod", "name": "x"}, "Wrong name", "Acme Cloud"),
        ({"pageId": "abc"}, "Wrong input", "name is missing."),
        ({**OUTAGE, "status": "broken"}, "Wrong input", "status"),
        ({**OUTAGE, "components": ["Shopp"]}, "Wrong name", "SHOP"),
        ({**OUTAGE, "components": {"SHOP": "down"}}, "Wrong input", "major_outage"),
    ],
)
async def test_what_cannot_be_done_is_one_sentence_with_what_is_near(
    desk: Desk, store: Store, inputs: dict[str, object], label: str, said: str
) -> None:
    told = await desk.do("create_incident", **inputs)

    assert (told["status"], told["statusLabel"]) == ("FAILURE", label)
    assert said in desk.said()
    assert desk.said().startswith("ERROR ")
    assert store.incidents == {}


async def test_a_page_that_is_not_served_is_refused(store: Store) -> None:
    desk = Desk(store, page_ids=("zzz",))

    told = await desk.do("create_incident", **OUTAGE)

    assert told["statusLabel"] == "Wrong page"
    assert "only to the pages in its setting statuspageIds" in desk.said()


async def test_where_one_page_is_served_none_has_to_be_named(desk: Desk, store: Store) -> None:
    assert (await desk.do("create_incident", name="x"))["status"] == "SUCCESS"


async def test_a_spent_quota_is_told_with_when_there_is_room(desk: Desk, store: Store) -> None:
    store.troubles.extend([Trouble.QUOTA_SPENT] * 10)

    told = await desk.do("create_incident", **OUTAGE)

    assert told["statusLabel"] == "Quota spent"
    assert "It has room again in 5 s" in desk.said()


async def test_what_was_done_is_in_the_catalog_when_the_run_ends(desk: Desk) -> None:
    run = desk.run("create_incident", OUTAGE)
    desk.catalog_takes = 4
    begun = now()

    await desk.actions[run.action_type].execute(run)

    assert now() - begun >= 4
    [told] = desk.published
    assert (told.kind, told.id) == (ObjectKind.INCIDENT, "incident1")


async def test_a_catalog_that_takes_long_fails_no_run(desk: Desk) -> None:
    desk.catalog_takes = 100

    assert (await desk.do("create_incident", **OUTAGE))["status"] == "SUCCESS"


async def test_what_is_done_to_one_incident_is_done_in_order(desk: Desk, store: Store) -> None:
    await desk.do("create_incident", **OUTAGE)
    desk.catalog_takes = 0.0
    runs = [
        desk.run("update_incident", {"incidentId": "incident1", "body": f"Number {number}"})
        for number in range(5)
    ]
    runs.append(desk.run("resolve_incident", {"incidentId": "incident1"}))

    await asyncio.gather(*(desk.actions[run.action_type].execute(run) for run in runs))

    updates = [one["body"] for one in store.incidents["incident1"]["incident_updates"]]
    assert updates[::-1][1:6] == [f"Number {number}" for number in range(5)]
    assert store.incidents["incident1"]["status"] == "resolved"


async def test_what_is_under_way_at_the_end_is_finished_if_it_takes_seconds(
    desk: Desk, store: Store
) -> None:
    run = desk.run("create_incident", OUTAGE)
    desk.catalog_takes = AT_THE_END - 1
    working = asyncio.create_task(desk.actions[run.action_type].execute(run))
    await asyncio.sleep(0.05)

    await desk.runs.close()
    await working

    assert desk.port.fields[run.id]["status"] == "SUCCESS"


async def test_what_takes_longer_is_ended_and_told(desk: Desk, store: Store) -> None:
    run = desk.run("create_incident", OUTAGE)
    desk.catalog_takes = 60
    working = asyncio.create_task(desk.actions[run.action_type].execute(run))
    await asyncio.sleep(0.05)
    begun = now()

    await desk.runs.close()
    await working

    assert now() - begun <= AT_THE_END
    assert desk.port.fields[run.id]["status"] == "FAILURE"
    assert desk.said() == f"ERROR {STOPPED}"


async def test_nothing_is_begun_while_the_process_stops(desk: Desk) -> None:
    run = desk.run("create_incident", OUTAGE)
    await desk.runs.close()
    begun = now()

    assert await desk.actions[run.action_type].is_close_to_rate_limit(run) is False

    # Ocean has been told to stop by then, and leaves the run for the next start.
    assert now() - begun > 5


async def test_a_run_that_takes_for_ever_is_given_up(desk: Desk, store: Store) -> None:
    await desk.do("create_incident", **OUTAGE)
    blocked = desk.run("update_incident", {"incidentId": "incident1", "body": "x"})
    begun = now()
    async with desk.runs.turns.of("abc", "incident1"):
        await desk.actions[blocked.action_type].execute(blocked)
        await asyncio.sleep(1)

    assert LONGEST <= now() - begun < LONGEST + 10
    assert desk.said() == f"ERROR {TOO_LONG}"
