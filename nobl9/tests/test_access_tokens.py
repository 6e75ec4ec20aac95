"""The access token: asked for once in its hour, whoever asks."""

import asyncio
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from calling import Caller, Time
from failing import Failure
from stand_in import StandIn

from statuspage_nobl9.access_tokens import AccessTokens
from statuspage_nobl9.errors import Busy
from statuspage_nobl9.kept_file import KeptFile

ASKED = "POST /api/accessToken"


def test_one_token_does_for_an_hour_of_processes(cli: Caller, nobl9: StandIn) -> None:
    for _ in range(3):
        cli.done("components")
    within = nobl9.asked.count("POST /api/accessToken")
    cli.time.sleeps.append(3600)
    cli.done("components")

    assert (within, len(nobl9.tokens)) == (1, 2)


def test_it_is_kept_for_this_user_alone(cli: Caller) -> None:
    cli.done("components")

    (file,) = (cli.folder / "cache/nobl9").glob("token-*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "secret" not in file.read_text()


def test_another_pair_gets_another_token(cli: Caller, nobl9: StandIn) -> None:
    cli.done("components")
    cli.variables["NOBL9_CLIENT_SECRET"] = "wrong"

    ended = cli("components")

    assert (ended.exit_code, len(nobl9.tokens)) == (3, 1)


def test_one_that_was_taken_back_is_asked_for_again_once(cli: Caller, nobl9: StandIn) -> None:
    cli.done("components")
    nobl9.taken_back.add("access-1")
    cli.done("components")

    assert nobl9.tokens == ["access-1", "access-2"]


def test_after_a_refusal_three_seconds_pass_before_the_next_is_asked_for(
    cli: Caller, nobl9: StandIn
) -> None:
    nobl9.failures.append(Failure("/accessToken", 400))
    cli("components")
    cli.done("components")

    assert cli.time.sleeps == [3.0]


def test_too_many_questions_are_waited_for(cli: Caller, nobl9: StandIn) -> None:
    nobl9.failures.append(Failure("/accessToken", 429, {"Retry-After": "3"}))

    cli.done("components")

    assert 3 <= sum(cli.time.sleeps) <= 4


class Asked:
    """Gives tokens, and counts."""

    def __init__(self) -> None:
        self.count = 0

    async def __call__(self) -> dict[str, Any]:
        self.count += 1
        await asyncio.sleep(0)
        return {"access_token": f"access-{self.count}"}


@pytest.fixture
def tokens(tmp_path: Path) -> Callable[[Asked], AccessTokens]:
    """What a process has, each with the same file."""
    return lambda ask: AccessTokens(ask, Time().clock(), KeptFile(tmp_path / "token.json"))


async def test_several_at_once_ask_once(tokens: Callable[[Asked], AccessTokens]) -> None:
    ask = Asked()
    processes = [tokens(ask) for _ in range(5)]

    found = await asyncio.gather(*(one.get() for one in processes for _ in range(2)))

    assert (ask.count, set(found)) == (1, {"access-1"})


@pytest.mark.parametrize("content", ["", "[]", "{", '{"access_token": 1}', '{"valid_until": "x"}'])
async def test_a_file_that_holds_something_else_is_replaced(
    tokens: Callable[[Asked], AccessTokens], tmp_path: Path, content: str
) -> None:
    (tmp_path / "token.json").write_text(content)

    assert await tokens(Asked()).get() == "access-1"


async def test_where_nothing_can_be_written_it_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ask = Asked()
    process = AccessTokens(ask, Time().clock(), KeptFile(tmp_path / "file/token.json"))

    assert [await process.get(), await process.get()] == ["access-1", "access-1"]
    assert ask.count == 1


async def test_nobody_waits_for_ever_for_a_file(tmp_path: Path) -> None:
    time = Time()
    file = KeptFile(tmp_path / "held.json", time.clock())

    async with file.held():
        with pytest.raises(Busy, match="Another process has held"):
            async with file.held():
                pass

    assert sum(time.sleeps) == pytest.approx(120, abs=1)
