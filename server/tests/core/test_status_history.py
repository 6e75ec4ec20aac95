"""A group's history follows from its members': at any time it is the most severe of theirs."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from statuspage_server.core.status import ComponentStatus, group_status
from statuspage_server.core.status_history import Change, group_changes

statuses = st.sampled_from([str(status) for status in ComponentStatus])
names = st.sampled_from(["a", "b", "c", "d"])


@dataclass
class Story:
    """Members with their statuses at first, and what each step made of one of them."""

    first: dict[str, str]
    changes: list[Change]

    @property
    def states(self) -> list[dict[str, str]]:
        """The members' statuses at first and after each change."""
        states = [self.first]
        for change in self.changes:
            states.append({**states[-1], change.component_id: change.new})
        return states


@st.composite
def stories(draw: st.DrawFn) -> Story:
    first = draw(st.dictionaries(names, statuses, min_size=1))
    now = dict(first)
    changes = []
    steps = draw(st.lists(st.tuples(st.sampled_from(sorted(first)), statuses), max_size=12))
    for at, (name, new) in enumerate(steps):
        changes.append(Change(name, at, now[name], new))
        now[name] = new
    return Story(first, changes)


@given(stories())
def test_after_each_change_the_group_is_as_its_most_severe_member(story: Story) -> None:
    found = group_changes(story.states[-1], story.changes)
    seen = {one.cause.at: one for one in found}
    status = group_status(story.first.values())
    for change, state in zip(story.changes, story.states[1:], strict=True):
        if change.at in seen:
            assert seen[change.at].old == status
            status = ComponentStatus(seen[change.at].new)
        assert status == group_status(state.values())


@given(stories())
def test_only_what_changes_the_group_is_told_and_with_the_member_it_came_from(
    story: Story,
) -> None:
    found = group_changes(story.states[-1], story.changes)
    assert all(one.old != one.new for one in found)
    assert [one.cause for one in found] == sorted(
        (one.cause for one in found), key=story.changes.index
    )


@given(stories(), st.integers(0, 12))
def test_the_last_changes_alone_tell_the_same(story: Story, dropped: int) -> None:
    """A long history is not read to its beginning."""
    now, late = story.states[-1], story.changes[dropped:]
    whole = group_changes(now, story.changes)
    assert group_changes(now, late) == [one for one in whole if one.cause in late]


def test_one_that_is_worse_hides_the_others() -> None:
    changes = [
        Change("a", 1, "operational", "major_outage"),
        Change("b", 2, "operational", "degraded_performance"),
        Change("a", 3, "major_outage", "operational"),
        Change("b", 4, "degraded_performance", "operational"),
    ]
    members = dict.fromkeys("ab", "operational")
    assert [
        (one.old, one.new, one.cause.component_id) for one in group_changes(members, changes)
    ] == [
        ("operational", "major_outage", "a"),
        ("major_outage", "degraded_performance", "a"),
        ("degraded_performance", "operational", "b"),
    ]
