"""Reports, monitors, people and time in any order: what is true after each of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from statuspage_server.config import DisruptionDetection
from statuspage_server.core.author import Author, Source
from statuspage_server.core.ids import new_id
from statuspage_server.core.incident_plan import IncidentRequest
from statuspage_server.core.moments import MINUTE, Moment
from statuspage_server.core.nobl9_status import Nobl9Status, nobl9_status
from statuspage_server.core.status_history import group_changes
from statuspage_server.errors import Conflict
from statuspage_server.manage.components import create_component, create_group
from statuspage_server.manage.detection import clear_quiet, detect_disruption
from statuspage_server.manage.disruptions import Word, register_disruption, set_status
from statuspage_server.manage.incidents import create_incident
from statuspage_server.manage.problem_reports import Report, add_report
from statuspage_server.storage.components import find_component, read_members
from statuspage_server.storage.database import Database
from statuspage_server.storage.disruptions import DisruptionState, count_disruptions
from statuspage_server.storage.engine import database_url
from statuspage_server.storage.schema import incident_updates, incidents
from statuspage_server.storage.status_history import read_changes
from statuspage_server.testdata.rows import PageRows, new_page_row, write_rows
from tests.running import START

PERSON, MONITOR = Author(Source.MANUAL, "a person"), Author(Source.EXTERNAL, "a monitor")
DETECTION = DisruptionDetection(enabled=True, reports=2, clear_after=600)
MEMBERS = 2


@dataclass
class Story:
    """A page with a group, and what happens on it."""

    connection: Connection
    page_id: str
    members: list[str]
    group_id: str
    now: Moment = START

    @classmethod
    def begun(cls, connection: Connection) -> "Story":
        page_id = new_id()
        write_rows(connection, PageRows(new_page_row(page_id, "A page", {}, START)))
        members = [
            create_component(connection, page_id, {"name": f"{number}"}, START)
            for number in range(MEMBERS)
        ]
        group_id = create_group(connection, page_id, "G", None, members, START)
        return cls(connection, page_id, members, group_id)

    def report(self, component_id: str) -> None:
        add_report(self.connection, self.page_id, Report(component_id, "x"), self.now)
        detect_disruption(self.connection, self.page_id, component_id, DETECTION, self.now)

    def say(self, component_id: str, author: Author, status: Nobl9Status) -> None:
        set_status(self.connection, self.page_id, component_id, status, Word(author), self.now)

    def register(self, component_id: str) -> None:
        before = self.impacting(component_id)
        severity = Nobl9Status.MAJOR_OUTAGE
        try:
            register_disruption(
                self.connection, self.page_id, component_id, severity, Word(MONITOR), self.now
            )
        except Conflict:
            assert before == 1
        else:
            assert before == 0

    def write_of(self, component_id: str) -> None:
        """A person opens an incident by hand, unless there is one."""
        if not self.impacting(component_id):
            request = IncidentRequest(
                {"name": "By hand"}, statuses={component_id: "partial_outage"}, author=PERSON
            )
            create_incident(self.connection, self.page_id, request, self.now)

    def wait(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        clear_quiet(self.connection, self.page_id, DETECTION, self.now)

    def impacting(self, component_id: str) -> int:
        return count_disruptions(
            self.connection, self.page_id, DisruptionState.IMPACTING, [component_id]
        )

    def of_people(self) -> set[tuple[str, str, int]]:
        """Each incident that is theirs, with its status and how many updates it has."""
        rows = self.connection.execute(
            select(incidents.c.id, incidents.c.status, func.count())
            .join(incident_updates, incident_updates.c.incident_id == incidents.c.id)
            .where(incidents.c.page_id == self.page_id, ~incidents.c.automatic)
            .group_by(incidents.c.id, incidents.c.status)
        )
        return {(id_, status, count) for id_, status, count in rows}

    def check(self) -> None:
        for component_id in self.members:
            assert self.impacting(component_id) <= 1
            self.check_history(component_id)
        self.check_history(self.group_id)

    def check_history(self, component_id: str) -> None:
        """It ends with what the component or group is now."""
        row = find_component(self.connection, self.page_id, component_id)
        found = read_changes(self.connection, row)
        now = read_members(self.connection, [row.id]).status_of(row)
        statuses = (
            [(one.old, one.new) for one in group_changes(found.statuses, found.changes)]
            if row.is_group
            else [(one.old, one.new) for one in found.changes]
        )
        before = "operational"
        for old, new in statuses:
            assert old == before
            before = new
        assert nobl9_status(before) is nobl9_status(now)


type Step = Callable[[Story], None]

members = st.integers(0, MEMBERS - 1)
statuses = st.sampled_from(Nobl9Status)


def by_people(member: int, status: Nobl9Status | None) -> Step:
    if status is None:
        return lambda story: story.write_of(story.members[member])
    return lambda story: story.say(story.members[member], PERSON, status)


def by_others(member: int, what: Nobl9Status | str | int) -> Step:
    def step(story: Story) -> None:
        theirs = story.of_people()
        component_id = story.members[member]
        match what:
            case Nobl9Status():
                story.say(component_id, MONITOR, what)
            case "report":
                story.report(component_id)
            case "register":
                story.register(component_id)
            case int():
                story.wait(what)
        assert theirs == story.of_people()

    return step


steps = st.builds(by_people, members, st.none() | statuses) | st.builds(
    by_others,
    members,
    st.just("report") | statuses | st.just("register") | st.sampled_from([1, 11]),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database.open(database_url("sqlite:///any.db", tmp_path_factory.mktemp("any")))
    yield database
    database.close()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=st.lists(steps, min_size=8, max_size=16))
def test_one_impacts_a_component_people_keep_what_is_theirs_and_history_is_whole(
    database: Database, story: list[Step]
) -> None:
    def tell(connection: Connection) -> None:
        told = Story.begun(connection)
        for step in story:
            step(told)
            told.check()

    database.write_now(tell)
