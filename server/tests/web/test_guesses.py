"""Keys and tokens cannot be tried out, and whoever has a right one is not kept out by others."""

import pytest

from statuspage_server.core.window import MANY
from statuspage_server.errors import RateLimited
from statuspage_server.web.guesses import MOST, Guesses
from tests.manage import Manage
from tests.running import TOKEN, RunningServer

HERE, THERE = "192.0.2.1", "192.0.2.2"


class Hand:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def spend(guesses: Guesses, address: str, wrong: int = MOST) -> None:
    for number in range(wrong):
        guesses.admit(address, f"wrong {number}")
        guesses.note(address, f"wrong {number}", right=False)


def test_a_few_wrong_ones_are_enough_for_a_minute() -> None:
    clock = Hand()
    guesses = Guesses(clock)
    spend(guesses, HERE)
    with pytest.raises(RateLimited, match="this address may try again in 60 seconds"):
        guesses.admit(HERE, "another")
    guesses.admit(THERE, "another")
    clock.now = 60
    guesses.admit(HERE, "another")


def test_what_was_tried_before_is_no_guess() -> None:
    guesses = Guesses(Hand())
    guesses.note(HERE, "right", right=True)
    for _ in range(100):
        guesses.admit(HERE, "old")
        guesses.note(HERE, "old", right=False)
    spend(guesses, HERE, MOST - 1)
    for credential in ("right", "old", "wrong 3"):
        guesses.admit(HERE, credential)
    with pytest.raises(RateLimited):
        guesses.admit(HERE, "new")


def test_a_home_has_many_addresses() -> None:
    guesses = Guesses(Hand())
    spend(guesses, "2001:db8::1")
    with pytest.raises(RateLimited):
        guesses.admit("2001:db8::2", "another")
    guesses.admit("2001:db8:0:1::1", "another")


def test_it_does_not_grow_without_end() -> None:
    clock = Hand()
    guesses = Guesses(clock)
    for number in range(MANY + 10):
        clock.now += 1
        guesses.note(f"192.0.2.{number}", "right", right=True)
        guesses.note(f"2001:db8:{number:x}::", "wrong", right=False)
    assert len(guesses._tried) <= MANY  # noqa: SLF001 - nothing else shows it
    assert len(guesses._wrong) <= MANY  # noqa: SLF001


async def test_heartbeats_are_limited_and_those_that_were_heard_go_on(
    server: RunningServer,
) -> None:
    await server.beat("dns")
    answers = [(await server.beat("dns", f"wrong-{n}")).status_code for n in range(MOST + 1)]
    assert answers == [403] * MOST + [429]
    assert (await server.beat("dns", TOKEN)).json() == {"refreshed": 1}


async def test_the_manage_api_is_limited_and_known_keys_go_on(manage: Manage) -> None:
    await manage.get("components")
    wrong = [Manage(manage.server, f"wrong-{n}", manage.page_id) for n in range(MOST + 1)]
    for one in wrong[:-1]:
        await one.get("components", 401)
    answer = await wrong[-1].get("components", 429)
    assert answer["error"].startswith("Too many requests: this address")
    await manage.get("components")
    no_key = await manage.server.client.get("/v1/pages")
    assert no_key.status_code == 401
