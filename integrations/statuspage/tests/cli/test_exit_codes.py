"""What went wrong, as a sentence and as a number that scripts rely on."""

import errno

import httpx
import pytest

from statuspage.cli.exit_codes import ExitCode
from tests.account import Account

from .calling import Caller

STABLE = {
    "DONE": 0,
    "FAILED": 1,
    "WRONG_USE": 2,
    "KEY_REFUSED": 3,
    "NOT_FOUND": 4,
    "REFUSED": 5,
    "QUOTA": 6,
    "UNREACHABLE": 7,
    "INTERRUPTED": 130,
}


def test_no_number_ever_changes_its_meaning() -> None:
    assert {code.name: int(code) for code in ExitCode} == STABLE


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, 3), (403, 3), (404, 4), (400, 5), (422, 5), (420, 6), (429, 6), (500, 7), (302, 1)],
)
def test_each_refusal_has_its_exit_code_and_keeps_the_words_of_the_api(
    account: Account, cli: Caller, status: int, code: int
) -> None:
    """C1.13, W0.e"""
    account.fail("/v1/pages", status)

    ended = cli("incident", "list", "--no-wait", "--retries", "0")

    assert (ended.exit_code, ended.stdout) == (code, "")
    assert ended.stderr.startswith("Error: ")
    assert f"made-up {status}" in ended.stderr or status == 302


def test_no_connection_is_unreachable(cli: Caller) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("All connection attempts failed", request=request)

    cli.handler = refuse

    ended = cli("incident", "list", "--retries", "0")

    assert ended.exit_code == 7
    assert ended.stderr.endswith("Check --host and your network.\n")


def test_an_answer_that_is_not_the_api_s_is_a_failure(cli: Caller) -> None:
    cli.handler = lambda _: httpx.Response(200, text="<html>")

    assert cli("incident", "list").exit_code == 1


def test_an_unknown_page_is_not_found_and_names_what_is_near(account: Account, cli: Caller) -> None:
    account.add_page(name="Acme Cloud")

    ended = cli("incident", "list", "--page", "Acme Clod")

    assert ended.exit_code == 4
    assert "'Acme Cloud'" in ended.stderr


def test_several_pages_and_none_named_is_wrong_use(account: Account, cli: Caller) -> None:
    account.add_page(name="Acme Cloud")
    account.add_page(name="Acme Labs")

    ended = cli("incident", "list")

    assert ended.exit_code == 2
    assert "'Acme Cloud', 'Acme Labs'" in ended.stderr


@pytest.mark.parametrize(
    "arguments", [("incident", "lst"), ("incident", "list", "--nope"), ("nope",)]
)
def test_what_click_refuses_is_wrong_use(cli: Caller, arguments: tuple[str, ...]) -> None:
    assert cli(*arguments).exit_code == 2


def test_what_cannot_be_an_id_is_wrong_use_and_is_not_sent(account: Account, cli: Caller) -> None:
    ended = cli("incident", "show", "../key", "-p", "a0page000001")

    assert (ended.exit_code, account.counted) == (2, [])
    assert ended.stderr == "Error: The id is '../key', which cannot be an id of Statuspage.\n"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device."),
        (PermissionError(errno.EACCES, "Permission denied", "out"), "out: Permission denied."),
    ],
)
def test_what_the_system_refuses_is_a_sentence(cli: Caller, error: OSError, sentence: str) -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise error

    cli.handler = refuse

    ended = cli("incident", "list")

    assert (ended.exit_code, ended.stderr) == (1, f"Error: {sentence}\n")


def test_a_reader_of_a_pipe_who_has_read_enough_ends_it_quietly(cli: Caller) -> None:
    def close(_: httpx.Request) -> httpx.Response:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    cli.handler = close

    assert cli("incident", "list").output == ""


def test_ctrl_c_ends_the_command_without_a_traceback(cli: Caller) -> None:
    def interrupt(_: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    cli.handler = interrupt

    ended = cli("incident", "list")

    assert (ended.exit_code, ended.stderr) == (130, "\n")
