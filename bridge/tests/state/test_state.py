"""What is kept, on both databases."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import API, CART, HUGOPS, NOW, OTHER, alert, minutes, published
from sqlalchemy import text, update

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.decision import Action, Decision
from statuspage_bridge.core.memory import Memory
from statuspage_bridge.core.passes import Pass
from statuspage_bridge.errors import StartError, StateFailed
from statuspage_bridge.state.address import read_address
from statuspage_bridge.state.database import Database
from statuspage_bridge.state.record import Entry, entries
from statuspage_bridge.state.schema import versions
from statuspage_bridge.state.state import State

type Open = Callable[[], State]

KEPT = timedelta(days=30)


@pytest.fixture
def open_state(address: str) -> Iterator[Open]:
    """Open the state of one page; each call is a new process."""
    opened: list[Database] = []

    def begin() -> State:
        for one in opened:
            one.close()
        opened.append(Database.open(read_address(address)))
        state = State(opened[-1], "p1", KEPT)
        state.begin(NOW)
        return state

    yield begin
    for one in opened:
        one.close()


def decision(action: Action = Action.OPEN, reason: str = "It fails.") -> Decision:
    return Decision(components={API: "major_outage"}, action=action, reason=reason)


def recorded(state: State) -> list[Entry]:
    return state.database.read_now(lambda connection: list(entries(connection, "p1", None)))


async def test_what_was_pushed_is_there_after_a_restart(open_state: Open) -> None:
    told = alert(
        renewed_at=NOW, labels={"team": "shop \N{SNOWMAN}"}, title="x" * 100_000, group="{}"
    )
    await open_state().push([told])

    memory = await open_state().memory()

    assert memory == Memory(NOW, {told.key: told})


async def test_what_began_once_does_not_begin_anew(open_state: Open) -> None:
    state = open_state()
    state.begin(NOW + minutes(9))

    assert (await state.memory()).began == NOW


ALERTS = st.builds(
    Alert,
    account=st.sampled_from([HUGOPS, OTHER]),
    id=st.sampled_from("ABC"),
    component=st.sampled_from([API, CART]),
    status=st.sampled_from(["partial_outage", "major_outage"]),
    since=st.integers(-9, 0).map(lambda count: NOW + minutes(count)),
    is_open=st.booleans(),
    renewed_at=st.just(NOW),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pushes=st.lists(st.lists(ALERTS, max_size=4), max_size=4), read=st.lists(ALERTS, max_size=3))
async def test_it_is_changed_as_memory_is(
    open_state: Open, pushes: list[list[Alert]], read: list[Alert]
) -> None:
    state = open_state()
    await state.change_memory(lambda memory: Memory(memory.began))
    expected = Memory(NOW)

    for pushed in pushes:
        await state.push(pushed)
        expected = expected.pushed(pushed)
    await state.change_memory(lambda memory: memory.read(HUGOPS, read, NOW))

    assert await state.memory() == expected.read(HUGOPS, read, NOW)


async def test_a_thousand_alerts_are_pushed_at_once(open_state: Open) -> None:
    state = open_state()
    told = [alert(id=f"a{number}") for number in range(1200)]

    await state.push(told)
    await state.push([*told[:600], alert(id="a1199", is_open=False)])

    assert sum(one.is_open for one in (await state.memory()).alerts.values()) == 1199


async def test_pages_do_not_share_what_is_remembered(open_state: Open) -> None:
    state = open_state()
    other = State(state.database, "p2", KEPT)
    other.begin(NOW)

    await state.push([alert()])
    await state.note_seen("w1", NOW)

    assert not (await other.memory()).alerts
    assert not await other.has_seen("w1")


async def test_a_webhook_is_known_until_nobody_delivers_it_again(open_state: Open) -> None:
    await open_state().note_seen("w1", NOW)
    state = open_state()

    await state.note_seen("w2", NOW + timedelta(days=2))
    assert await state.has_seen("w1")

    await state.note_seen("w2", NOW + timedelta(days=4))
    assert await state.has_seen("w2")
    assert not await state.has_seen("w1")


async def test_an_incident_that_is_missing_was_ended_when_it_was_last_seen(
    open_state: Open,
) -> None:
    state = open_state()
    await state.note_open([published(), published(id="i2")], NOW)
    await state.note_open([published(id="i2")], NOW + minutes(1))

    deleted, unknown = await state.missing(["i2"])
    assert deleted == []
    assert [(one.id, one.over_at, one.is_taken_over) for one in unknown] == [("i1", NOW, True)]

    await state.note_deleted(["i1"])
    deleted, unknown = await state.missing(["i2"])
    assert ([one.id for one in deleted], unknown) == (["i1"], [])

    await state.forget_incident("i1")
    assert await state.missing(["i2"]) == ([], [])


async def test_only_changes_are_on_the_record_with_what_came_of_them(open_state: Open) -> None:
    state = open_state()
    for failed in ({API: "The page refused."}, {}):
        over = Pass(at=NOW, decisions=[decision()], failed=failed)
        await state.note_decided(over.decisions, NOW, lambda _: "API")
        await state.note_pass(over, dry_run=False)

    (entry,) = recorded(state)
    assert entry.result == "done"
    assert entry.decision["names"] == ["API"]
    assert entry.decision["reason"] == "It fails."
    assert await open_state().last_pass() == over


async def test_what_alerts_say_is_on_no_record(open_state: Open) -> None:
    state = open_state()
    one = replace(decision(), causes=[alert(title="host-7 is down", labels={"host": "host-7"})])
    await state.note_decided([one], NOW, lambda _: "API")
    await state.note_pass(Pass(at=NOW, decisions=[one]), dry_run=False)

    assert "host-7" not in str(recorded(state))
    assert "host-7" not in str(await state.last_pass())


async def test_a_decision_of_a_bridge_that_ended_is_on_the_record_without_a_result(
    open_state: Open,
) -> None:
    await open_state().note_decided([decision()], NOW, lambda _: "API")

    assert [one.result for one in recorded(open_state())] == [None]


async def test_the_record_is_kept_for_as_long_as_is_set(open_state: Open) -> None:
    state = open_state()
    await state.note_decided([decision(reason="old")], NOW, lambda _: "API")
    await state.note_decided([decision(reason="new")], NOW + KEPT + minutes(1), lambda _: "API")

    assert [one.decision["reason"] for one in recorded(state)] == ["new"]


async def test_what_a_newer_version_wrote_is_refused(open_state: Open, address: str) -> None:
    state = open_state()
    state.database.write_now(lambda one: one.execute(update(versions).values(number=99)))
    state.database.close()

    with pytest.raises(StartError, match="a newer one has used it"):
        Database.open(read_address(address))


async def test_a_write_that_fails_is_told_until_one_is_done(open_state: Open) -> None:
    state = open_state()

    with pytest.raises(StateFailed, match="cannot be written"):
        await state.database.write(lambda one: one.execute(text("INSERT INTO nothing VALUES (1)")))
    assert state.database.trouble is not None

    await state.push([alert()])
    assert state.database.trouble is None


def test_two_bridges_do_not_share_a_file(tmp_path: Path) -> None:
    url = read_address(f"sqlite:///{tmp_path / 'bridge.db'}")
    first = Database.open(url)
    try:
        with pytest.raises(StartError, match="Another bridge uses"):
            Database.open(url, patience=0)
        # A command reads it all the same.
        Database.open(url, alone=False).close()
    finally:
        first.close()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("bridge.db", "STATE is no address"),
        ("mysql://host/db", "STATE names mysql"),
        ("sqlite:////nowhere/bridge.db", "cannot be written"),
        ("postgresql://127.0.0.1:1/none", "cannot be opened"),
    ],
)
def test_an_address_that_cannot_be_is_told(address: str, sentence: str) -> None:
    with pytest.raises(StartError, match=sentence):
        Database.open(read_address(address))
