"""The options that every command has."""

import httpx
import pytest

from tests.account import KEY, Account

from .calling import Caller


@pytest.mark.parametrize(
    "arguments",
    [
        ("--page", "b0page000001", "incident", "list"),
        ("incident", "--page", "b0page000001", "list"),
        ("incident", "list", "--page", "b0page000001"),
        ("-p", "a0page000001", "incident", "-p", "a0page000001", "list", "-p", "b0page000001"),
    ],
)
def test_a_common_option_stands_anywhere_and_the_last_one_counts(
    account: Account, cli: Caller, arguments: tuple[str, ...]
) -> None:
    account.add_page(id="a0page000001")
    account.add_page(id="b0page000001")

    assert cli(*arguments).exit_code == 0
    assert [address.split("?")[0] for address in account.counted] == [
        "/v1/pages/b0page000001/incidents/unresolved"
    ]


def test_without_a_page_the_only_one_is_taken(account: Account, cli: Caller) -> None:
    account.add_page()

    assert cli("incident", "list").exit_code == 0
    assert account.counted[0] == "/v1/pages"


def test_the_host_is_that_of_the_option_then_of_the_variable_then_of_the_profile(
    account: Account, cli: Caller
) -> None:
    hosts = []

    def handler(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return account(request)

    cli.handler = handler
    account.add_page(id="a0page000001")
    (cli.folder / "config").mkdir()
    (cli.folder / "config/config.toml").write_text(
        '[profiles.default]\nhost = "http://profile.test"\npage = "a0page000001"\n'
    )

    cli("incident", "list")
    cli.variables["STATUSPAGE_HOST"] = "http://variable.test"
    cli("incident", "list")
    cli("incident", "list", "--host", "http://option.test")

    assert hosts == ["profile.test", "variable.test", "option.test"]


def test_a_host_that_cannot_be_one_is_wrong_use(cli: Caller) -> None:
    ended = cli("incident", "list", "--host", "api.statuspage.io")

    assert ended.exit_code == 2
    assert ended.stderr.startswith("Error: --host is 'api.statuspage.io': write an address")


def test_the_certificate_is_not_checked_for_this_call_only_and_with_a_warning(
    account: Account, cli: Caller
) -> None:
    """C0.10"""
    account.add_page()

    assert "certificate" in cli("incident", "list", "--insecure").stderr
    assert cli("incident", "list").stderr == "No such incidents.\n"
    assert [client["verify"] for client in cli.clients] == [False, True]


def test_a_request_may_take_as_long_as_it_is_told(account: Account, cli: Caller) -> None:
    account.add_page()

    cli("incident", "list", "--timeout", "2.5")

    assert cli.clients == [{"timeout": 2.5, "verify": True}]


@pytest.mark.parametrize("retries", [0, 2])
def test_a_request_is_sent_again_as_often_as_it_is_told_and_that_is_noted(
    account: Account, cli: Caller, retries: int
) -> None:
    """C1.12"""
    account.fail("/v1/pages", 503)

    ended = cli("incident", "list", "--retries", str(retries))

    assert (ended.exit_code, ended.stdout) == (7, "")
    assert ended.stderr.count("Trying again in") == retries
    assert len(account.counted) == retries + 1


def test_a_spent_quota_is_waited_for(account: Account, cli: Caller) -> None:
    account.add_page()
    account.fail("/v1/pages", lambda _: httpx.Response(420, headers={"Retry-After": "17"}), times=1)

    ended = cli("incident", "list", "--json")

    assert (ended.exit_code, ended.stdout) == (0, "[]\n")
    assert sum(cli.sleeps) == pytest.approx(17, abs=1)
    assert "quota is spent. Trying again in 17.0 s." in ended.stderr


def test_a_spent_quota_is_told_at_once_with_no_wait(account: Account, cli: Caller) -> None:
    account.fail("/v1/pages", lambda _: httpx.Response(429, headers={"Retry-After": "17"}))

    ended = cli("incident", "list", "--no-wait")

    assert (ended.exit_code, cli.sleeps) == (6, [])
    assert ended.stderr.endswith(
        "the API key's quota is spent. Try again in a minute, or let the command wait "
        "with --wait.\n"
    )


def test_the_key_is_never_shown(account: Account, cli: Caller) -> None:
    account.fail("/v1/pages", lambda _: httpx.Response(422, json={"error": f"what is {KEY}?"}))

    ended = cli("incident", "list")

    assert ended.exit_code == 5
    assert "what is [key]?" in ended.stderr


def test_a_time_or_length_that_is_none_is_wrong_use_and_says_how_to_write_one(cli: Caller) -> None:
    length = cli("component", "history", "API", "--last", "soon")
    time = cli("maintenance", "schedule", "-t", "Upgrade", "--at", "soon")

    assert (length.exit_code, time.exit_code) == (2, 2)
    assert "'soon' is no length of time: write one as 90m" in length.stderr
    assert "'soon' is no point in time: write one as now, +2h" in time.stderr
