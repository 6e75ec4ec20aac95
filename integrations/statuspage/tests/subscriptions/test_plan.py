"""Which subscriptions are ours, and what is done about them: nothing of others is ever touched."""

from itertools import permutations
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subscriptions.endpoint import Installation, mark_of, token
from subscriptions.plan import State, SubscriptionPlan, plan

from .installations import (
    BASE,
    FORMER_CREDENTIALS,
    FORMER_HOST,
    FORMER_SECRET,
    OLD_STYLE,
    OURS,
    SECRET,
    STAGING,
)

PAGE = "r4k9wz2mq7xd"
RIGHT = token(SECRET, PAGE)
OTHER_ORGANIZATION = Installation(
    mark_of("other", "my-statuspage"), "https://x.example.com", "another-secret"
)

# Made by this installation before something was changed, or by nobody else, since it leads to us.
OUTDATED = [
    OLD_STYLE,
    f"{OLD_STYLE}/",
    f"{OLD_STYLE}?token=made-by-hand",
    f"{OLD_STYLE}?integration={OURS.mark}",
    FORMER_HOST.endpoint(PAGE),
    FORMER_SECRET.endpoint(PAGE),
    FORMER_CREDENTIALS.endpoint(PAGE),
    Installation(OURS.mark, "http://localhost:8000", "both-were-changed").endpoint(PAGE),
    Installation(STAGING.mark, BASE, SECRET).endpoint(PAGE),
    # A token of another page is of no use here.
    OURS.endpoint("another"),
    f"{OLD_STYLE}?integration={OURS.mark}&page={PAGE}&token={token(SECRET, 'another')}",
    f"{OLD_STYLE}?integration={OURS.mark}&page=another&token={RIGHT}",
]
FOREIGN = [
    STAGING.endpoint(PAGE),
    OTHER_ORGANIZATION.endpoint(PAGE),
    "https://staging.example.com/integration/webhook",
    f"https://former.example.com/integration/webhook?page={PAGE}&token={RIGHT}",
    "http://ocean.example.com/statuspage/integration/webhook",
    "https://ocean.example.com/integration/webhook",
    "https://ocean.example.com:8443/statuspage/integration/webhook",
    f"{BASE}/integration/webhook/more",
    f"https://hooks.example.com/other?integration={OURS.mark}",
    "https://hooks.example.com/integration/webhook?integration=",
    "https://hooks.slack.com/services/T0/B0/x",
    "https://[",
    "https://example.com:port/integration/webhook",
    "\udc80",
    "",
]

ANY_ENDPOINT = st.sampled_from([*OUTDATED, *FOREIGN, OURS.endpoint(PAGE)]) | st.text(max_size=20)


def subscriber(name: str, endpoint: Any, **changes: Any) -> dict[str, Any]:
    raw = {"id": name, "mode": "webhook", "endpoint": endpoint, "quarantined_at": None}
    return raw | {"created_at": "2026-01-01T00:00:00Z"} | changes


SUBSCRIBERS = st.lists(
    st.builds(
        subscriber,
        st.uuids().map(str),
        ANY_ENDPOINT,
        quarantined_at=st.sampled_from([None, "2026-01-02T00:00:00Z"]),
        created_at=st.sampled_from([None, "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"]),
    ),
    unique_by=lambda one: one["id"],
    max_size=8,
)


@pytest.mark.parametrize("endpoint", OUTDATED)
def test_what_we_made_before_a_change_is_replaced(endpoint: str) -> None:
    assert plan(OURS, PAGE, [subscriber("a", endpoint)]) == SubscriptionPlan(
        None, State.ABSENT, ("a",)
    )


@pytest.mark.parametrize("endpoint", [*FOREIGN, None, 4711, quote(OURS.endpoint(PAGE), safe="")])
def test_what_is_not_provably_ours_is_left_alone(endpoint: Any) -> None:
    assert plan(OURS, PAGE, [subscriber("a", endpoint)]) == SubscriptionPlan(None, State.ABSENT, ())


@pytest.mark.parametrize(
    ("changes", "unconfirmed", "state"),
    [
        ({}, [], State.ACTIVE),
        ({}, ["a"], State.UNCONFIRMED),
        ({"quarantined_at": "2026-01-02T00:00:00Z"}, [], State.QUARANTINED),
        ({"quarantined_at": "2026-01-02T00:00:00Z"}, ["a"], State.QUARANTINED),
    ],
)
def test_the_right_one_is_kept_in_every_state(
    changes: dict[str, Any], unconfirmed: list[str], state: State
) -> None:
    right = subscriber("a", OURS.endpoint(PAGE), **changes)

    assert plan(OURS, PAGE, [right], unconfirmed) == SubscriptionPlan(right, state, ())


def test_of_several_right_ones_the_best_stays_wherever_it_stands() -> None:
    endpoint = OURS.endpoint(PAGE)
    several = [
        # By its id it would come first, and it is the youngest.
        subscriber("a-young-one", endpoint, created_at="2026-03-01T00:00:00Z"),
        subscriber("given-up", endpoint, quarantined_at="2026-01-02T00:00:00Z"),
        subscriber("waiting", endpoint),
        subscriber("young", endpoint, created_at="2026-02-01T00:00:00Z"),
        subscriber("z-old", endpoint),
    ]

    for order in permutations(several):
        found = plan(OURS, PAGE, order, ["waiting"])
        assert found.keep is several[4]
        assert found.state is State.ACTIVE
        assert sorted(found.remove) == ["a-young-one", "given-up", "waiting", "young"]


def test_one_that_we_can_let_out_is_better_than_one_that_a_person_has_to_confirm() -> None:
    endpoint = OURS.endpoint(PAGE)
    given_up = subscriber("given-up", endpoint, quarantined_at="2026-01-02T00:00:00Z")

    found = plan(OURS, PAGE, [subscriber("waiting", endpoint), given_up], ["waiting"])

    assert found == SubscriptionPlan(given_up, State.QUARANTINED, ("waiting",))


@given(SUBSCRIBERS)
def test_after_a_plan_is_done_one_subscription_is_ours_and_nothing_is_left_to_do(
    subscribers: list[dict[str, Any]],
) -> None:
    first = plan(OURS, PAGE, subscribers)
    left = [one for one in subscribers if one["id"] not in first.remove]
    if first.keep is None:
        left.append(subscriber("new", OURS.endpoint(PAGE)))

    second = plan(OURS, PAGE, left)

    assert second.keep is not None
    assert second.remove == ()
    assert [one for one in left if OURS.made(str(one["endpoint"]))] == [second.keep]


@given(SUBSCRIBERS)
def test_no_plan_removes_what_another_installation_made(subscribers: list[dict[str, Any]]) -> None:
    removed = plan(OURS, PAGE, subscribers).remove

    assert not [one for one in subscribers if one["id"] in removed and one["endpoint"] in FOREIGN]
