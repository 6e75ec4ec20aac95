"""Which subscriptions are ours, and what is done about them: nothing of others is ever touched."""

from itertools import permutations
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live_events.subscribing.installation import Installation, mark_of
from live_events.subscribing.subscriptions import Plan, State, plan
from live_events.token import token

PAGE = "r4k9wz2mq7xd"
BASE = "https://ocean.example.com/statuspage"
SECRET = "made-up-webhook-secret"
OURS = Installation(mark_of("client", "my-statuspage"), BASE, SECRET)
OPEN = Installation(OURS.mark, BASE, None)
OLD_STYLE = f"{BASE}/integration/webhook"
STAGING = Installation(mark_of("client", "staging"), "https://staging.example.com", None)
OTHER_ORGANIZATION = Installation(
    mark_of("other", "my-statuspage"), "https://x.example.com", "another-secret"
)

# Made by this installation, before something was changed.
OUTDATED = [
    OLD_STYLE,
    f"{OLD_STYLE}/",
    OPEN.endpoint(PAGE),
    Installation(OURS.mark, "https://former.example.com", None).endpoint(PAGE),
    Installation(OURS.mark, BASE, "a-former-secret-of-ours").endpoint(PAGE),
    Installation(OURS.mark, "http://localhost:8000", "both-were-changed").endpoint(PAGE),
    f"https://former.example.com/integration/webhook?token={token(SECRET, PAGE)}",
    # A token of another page is of no use here.
    f"{OLD_STYLE}?integration={OURS.mark}&token={token(SECRET, 'another')}",
    f"{OLD_STYLE}?token=made-by-hand",
]
FOREIGN = [
    STAGING.endpoint(PAGE),
    OTHER_ORGANIZATION.endpoint(PAGE),
    # Somebody else's integration at the address that is now ours: it may be there on purpose.
    Installation(STAGING.mark, BASE, None).endpoint(PAGE),
    "https://staging.example.com/integration/webhook",
    "http://ocean.example.com/statuspage/integration/webhook",
    "https://ocean.example.com/integration/webhook",
    "https://ocean.example.com:8443/statuspage/integration/webhook",
    f"{BASE}/integration/webhook/more",
    f"https://hooks.example.com/other?integration={OURS.mark}",
    "https://hooks.example.com/integration/webhook?integration=",
    f"https://former.example.com/integration/webhook?token={token(SECRET, 'another')}",
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


def test_an_endpoint_carries_the_mark_and_the_token_of_its_page() -> None:
    assert OURS.endpoint(PAGE) == (
        f"{BASE}/integration/webhook?integration={OURS.mark}&token={token(SECRET, PAGE)}"
    )


def test_without_a_secret_an_endpoint_carries_no_token() -> None:
    assert OPEN.endpoint(PAGE) == f"{BASE}/integration/webhook?integration={OURS.mark}"


def test_a_slash_behind_the_base_url_makes_no_other_endpoint() -> None:
    assert Installation(OURS.mark, f"{BASE}/", None).endpoint(PAGE) == OPEN.endpoint(PAGE)


@pytest.mark.parametrize(
    ("client_id", "identifier"),
    [("client", "staging"), ("other", "my-statuspage"), ("clien", "tmy-statuspage")],
)
def test_a_mark_is_that_of_one_installation_of_one_organization(
    client_id: str, identifier: str
) -> None:
    assert mark_of(client_id, identifier) != OURS.mark


@pytest.mark.parametrize(
    "written",
    [
        OURS.endpoint(PAGE),
        f" {OURS.endpoint(PAGE)}\n",
        OURS.endpoint(PAGE).replace("/webhook?", "/webhook/?"),
        OURS.endpoint(PAGE).replace("https://ocean.example.com", "HTTPS://Ocean.Example.COM:443"),
        OURS.endpoint(PAGE).replace("integration=", "%69ntegration="),
        OURS.endpoint(PAGE).replace("/statuspage/", "/st%61tuspage/"),
        f"{OLD_STYLE}?token={token(SECRET, PAGE)}&integration={OURS.mark}",
    ],
)
def test_an_endpoint_is_right_however_it_is_written(written: str) -> None:
    found = plan(OURS, PAGE, [subscriber("a", written)])

    assert found.keep is not None
    assert found.remove == ()


def test_a_host_in_letters_of_its_own_is_right_in_either_spelling() -> None:
    installation = Installation(OURS.mark, "https://bücher.example.com", None)
    spelled = installation.endpoint(PAGE).replace("bücher", "xn--bcher-kva")

    assert installation.wants(PAGE, spelled)


@pytest.mark.parametrize("endpoint", OUTDATED)
def test_what_we_made_before_a_change_is_replaced(endpoint: str) -> None:
    assert plan(OURS, PAGE, [subscriber("a", endpoint)]) == Plan(None, State.ABSENT, ("a",))


@pytest.mark.parametrize("endpoint", [*FOREIGN, None, 4711, quote(OURS.endpoint(PAGE), safe="")])
def test_what_is_not_provably_ours_is_left_alone(endpoint: Any) -> None:
    assert plan(OURS, PAGE, [subscriber("a", endpoint)]) == Plan(None, State.ABSENT, ())


def test_without_an_address_what_carries_our_mark_or_token_is_still_ours() -> None:
    somewhere = Installation(OURS.mark, None, SECRET)
    known = [endpoint for endpoint in OUTDATED if somewhere.made(PAGE, endpoint)]

    assert len(known) == 6
    assert not any(somewhere.wants(PAGE, endpoint) for endpoint in OUTDATED)


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

    assert plan(OURS, PAGE, [right], unconfirmed) == Plan(right, state, ())


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

    assert found == Plan(given_up, State.QUARANTINED, ("waiting",))


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
    assert [one for one in left if OURS.made(PAGE, str(one["endpoint"]))] == [second.keep]


@given(SUBSCRIBERS)
def test_no_plan_removes_what_another_installation_made(subscribers: list[dict[str, Any]]) -> None:
    removed = plan(OURS, PAGE, subscribers).remove

    assert not [one for one in subscribers if one["id"] in removed and one["endpoint"] in FOREIGN]
