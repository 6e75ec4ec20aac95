"""The arithmetic of the rolling window, against a list of everything that ever happened."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from statuspage.window import PERIOD, RollingWindow

# Eighths of a second are exact in binary, so the properties need no tolerance.
seconds = st.integers(0, 8 * 70).map(lambda eighths: eighths / 8)
ceilings = st.integers(1, 6)
step = st.one_of(
    st.tuples(st.just("take"), ceilings),
    st.tuples(st.just("finish"), st.integers(0, 9)),
    st.tuples(st.just("pass"), seconds),
    st.tuples(st.just("pause"), seconds),
)
steps = st.lists(step, max_size=60)


@dataclass
class Story:
    """A window, and a plain record of what happened to it."""

    window: RollingWindow = field(default_factory=RollingWindow)
    now: float = 1000.0
    answered: list[float] = field(default_factory=list)
    unanswered: int = 0
    paused_until: float = 0.0

    @property
    def held(self) -> int:
        return self.unanswered + sum(moment + PERIOD > self.now for moment in self.answered)

    def take(self, ceiling: int) -> float:
        wait = self.window.take(self.now, ceiling)
        self.unanswered += wait == 0
        return wait

    def do(self, what: str, amount: float) -> None:
        if what == "take":
            self.take(int(amount))
        elif what == "finish" and self.unanswered:
            self.window.finish(self.now)
            self.unanswered -= 1
            self.answered.append(self.now)
        elif what == "pass":
            self.now += amount
        elif what == "pause":
            self.window.pause(self.now, amount)
            self.paused_until = max(self.paused_until, self.now + amount)


def _told(steps: list[tuple[str, float]]) -> Story:
    story = Story()
    for what, amount in steps:
        story.do(what, amount)
    return story


@given(steps, ceilings)
def test_a_slot_is_given_exactly_when_fewer_than_the_ceiling_are_held(
    steps: list[tuple[str, float]], ceiling: int
) -> None:
    story = _told(steps)
    free = story.held < ceiling and story.now >= story.paused_until

    assert (story.take(ceiling) == 0) is free


@given(steps, ceilings)
def test_asking_again_after_the_wait_is_never_too_late(
    steps: list[tuple[str, float]], ceiling: int
) -> None:
    story = _told(steps)
    wait = story.take(ceiling)
    story.now += max(0.0, wait - 1 / 8)

    assert wait == 0 or story.take(ceiling) > 0


@given(steps, ceilings)
def test_asking_again_after_the_wait_brings_a_slot_when_all_is_answered(
    steps: list[tuple[str, float]], ceiling: int
) -> None:
    story = _told([*steps, *[("finish", 0)] * 60])
    while wait := story.window.take(story.now, ceiling):
        held, paused = story.held, story.now < story.paused_until
        story.now += wait

        assert paused or story.held < held

    assert story.held < ceiling


@given(steps, ceilings)
def test_no_wait_is_longer_than_the_period_or_the_pause(
    steps: list[tuple[str, float]], ceiling: int
) -> None:
    story = _told(steps)

    assert story.take(ceiling) <= max(PERIOD, story.paused_until - story.now)


def test_a_slot_is_free_a_period_after_the_answer_not_after_the_send() -> None:
    window = RollingWindow()
    window.take(0.0, 1)
    window.finish(20.0)

    assert window.take(60.0, 1) == 20.0
    assert window.take(79.5, 1) == 0.5
    assert window.take(80.0, 1) == 0.0


def test_a_request_without_an_answer_is_worth_a_full_period_of_waiting() -> None:
    window = RollingWindow()
    window.take(0.0, 1)

    assert window.take(1000.0, 1) == PERIOD


def test_a_lower_ceiling_waits_until_enough_slots_are_free() -> None:
    window = RollingWindow()
    for moment in (0.0, 10.0, 20.0):
        window.take(moment, 3)
        window.finish(moment)

    assert window.take(30.0, 3) == 30.0
    assert window.take(30.0, 1) == 50.0


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    window = RollingWindow()
    window.pause(0.0, 30.0)
    window.pause(1.0, 1.0)

    assert window.take(10.0, 1) == 20.0


def test_the_period_can_be_chosen() -> None:
    window = RollingWindow(period=0.5)
    window.take(0.0, 1)
    window.finish(0.0)

    assert window.take(0.25, 1) == 0.25
    assert window.take(0.5, 1) == 0.0
