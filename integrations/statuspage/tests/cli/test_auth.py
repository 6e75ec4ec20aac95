"""`statuspage auth`: the key is stored, found, named and deleted, and never shown."""

import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from statuspage.cli.key_places import places
from statuspage.cli.options import Options
from statuspage.cli.profiles import Profile
from statuspage.keys import Absent
from tests.account import KEY, Account

from .calling import Caller
from .keyring_in_memory import Keyring


@pytest.fixture
def ring(cli: Caller) -> Keyring:
    """The keyring that the command sees, and nothing in the environment."""
    ring = Keyring()
    cli.variables.clear()
    ring.serve(cli)
    return ring


@pytest.fixture
def config(cli: Caller) -> Path:
    return cli.folder / "config/config.toml"


@pytest.fixture(autouse=True)
def _page(account: Account) -> None:
    account.add_page(id="a0page000001", name="Acme Cloud")


def silent(ended: Result) -> Result:
    """The key is in nothing that was printed."""
    assert KEY not in ended.output
    return ended


def test_a_key_that_works_is_stored_and_used_from_then_on(
    cli: Caller, ring: Keyring, account: Account
) -> None:
    cli.terminal = True
    ended = silent(cli("auth", "login", input=f"{KEY}\n"))

    assert ended.exit_code == 0
    assert ended.stdout == ""
    assert ring.items == {"ada": KEY}
    account.counted.clear()
    assert cli("incident", "list").exit_code == 0
    assert [address.split("?")[0] for address in account.counted] == [
        "/v1/pages/a0page000001/incidents/unresolved"
    ]


def test_a_key_comes_by_a_pipe(cli: Caller, ring: Keyring) -> None:
    assert silent(cli("auth", "login", "--token-file", "-", input=f"{KEY}\n")).exit_code == 0
    assert ring.items == {"ada": KEY}


def test_a_key_that_is_refused_is_not_stored(cli: Caller, ring: Keyring, config: Path) -> None:
    ended = cli("auth", "login", "--token-file", "-", input="another-key\n")

    assert ended.exit_code == 3
    assert "another-key" not in ended.output
    assert (ring.items, config.exists()) == ({}, False)


@pytest.mark.parametrize("typed", [" \n\n", "two words\n"])
def test_what_is_no_key_is_not_tried(
    cli: Caller, ring: Keyring, account: Account, typed: str
) -> None:
    cli.terminal = True

    assert cli("auth", "login", input=typed).exit_code != 0
    assert account.counted == []


def test_without_a_terminal_the_key_is_not_asked_for(cli: Caller, ring: Keyring) -> None:
    ended = cli("auth", "login")

    assert ended.exit_code == 2
    assert "Missing option --token-file" in ended.stderr


def test_a_profile_has_a_key_a_host_and_a_page_of_its_own(
    cli: Caller, ring: Keyring, config: Path, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "ada")
    account.add_page(id="b0page000001", name="Acme Labs")
    config.parent.mkdir()
    config.write_text('# mine\ndefault = "work"\n\n[profiles.work]\npage = "Acme Cloud"\n')

    ended = cli(
        "auth", "login", "--profile", "labs", "--page", "acme labs", "--token-file", "-",
        "--host", "http://127.0.0.1:8080", input=KEY,
    )  # fmt: skip

    assert ended.exit_code == 0
    assert ring.items == {"ada-labs": KEY}
    assert config.read_text() == (
        '# mine\ndefault = "work"\n\n[profiles.work]\npage = "Acme Cloud"\n'
        '\n[profiles.labs]\nkeyring_user = "ada-labs"\nhost = "http://127.0.0.1:8080"\n'
        'page = "b0page000001"\n'
    )
    assert '"page": "b0page000001"' in cli("auth", "status", "--profile", "labs", "--json").stdout


def test_which_of_several_pages_is_meant_can_be_chosen(
    cli: Caller, ring: Keyring, config: Path, account: Account
) -> None:
    account.add_page(id="b0page000001", name="Acme Labs")
    cli.terminal = True

    assert cli("auth", "login", input=f"{KEY}\n3\n").exit_code == 0
    assert 'page = "b0page000001"' in config.read_text()


def test_no_page_need_be_chosen(cli: Caller, ring: Keyring, config: Path, account: Account) -> None:
    account.add_page(id="b0page000001", name="Acme Labs")
    cli.terminal = True

    assert cli("auth", "login", input=f"{KEY}\n1\n").exit_code == 0
    assert not config.exists()


def test_where_no_keyring_takes_the_key_a_file_is_proposed(cli: Caller, ring: Keyring) -> None:
    ring.locked = True

    ended = silent(cli("auth", "login", "--token-file", "-", input=KEY))

    assert ended.exit_code == 1
    assert "--key-file" in ended.stderr
    assert "keyring of ada: it is locked" in ended.stderr


def test_a_file_holds_the_key_for_its_owner_alone_and_is_found_again(
    cli: Caller, ring: Keyring, tmp_path: Path
) -> None:
    file = tmp_path / "keys/statuspage"
    file.parent.mkdir()
    file.write_text("former")
    file.chmod(0o644)

    assert (
        silent(
            cli("auth", "login", "--token-file", "-", "--key-file", str(file), input=KEY)
        ).exit_code
        == 0
    )

    assert (file.read_text(), file.stat().st_mode & 0o777) == (f"{KEY}\n", 0o600)
    assert ring.items == {}
    assert cli("auth", "status").stdout.startswith("API key: key_file of the profile default\n")


def test_a_second_login_goes_where_the_profile_keeps_its_key(
    cli: Caller, ring: Keyring, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    cli("auth", "login", "--token-file", "-", "--key-file", str(file), input=KEY)
    file.write_text("outdated")

    assert cli("auth", "login", "--token-file", "-", input=KEY).exit_code == 0
    assert (file.read_text(), ring.items) == (f"{KEY}\n", {})


def test_a_file_that_cannot_be_written_is_told(cli: Caller, ring: Keyring, tmp_path: Path) -> None:
    ended = cli("auth", "login", "--token-file", "-", "--key-file", f"{tmp_path}/", input=KEY)

    assert ended.exit_code == 2


def test_status_names_the_place_of_the_key_without_a_request(
    cli: Caller, ring: Keyring, account: Account
) -> None:
    ring.items["ada"] = KEY

    ended = silent(cli("auth", "status", "--page", "Acme Cloud"))

    assert ended.stdout == (
        "API key: keyring of ada\nHost: https://api.statuspage.io\nPage: Acme Cloud\n"
    )
    assert account.counted == []


def test_status_without_a_key_says_what_was_tried(cli: Caller, ring: Keyring) -> None:
    ended = cli("auth", "status")

    assert ended.exit_code == 3
    assert ended.stderr == (
        "Error: No API key was found. `statuspage auth login` stores one. Tried:\n"
        "  the environment variable STATUSPAGE_API_KEY: it is not set\n"
        "  keyring of ada: it is locked\n"
    )


def test_the_places_are_asked_in_their_order(cli: Caller, ring: Keyring, tmp_path: Path) -> None:
    """C0.11"""
    files = {name: tmp_path / name for name in ("option", "profile")}
    for name, file in files.items():
        file.write_text(name)
    ring.items["ada"] = "ring"
    cli.folder.joinpath("config").mkdir()
    cli.folder.joinpath("config/config.toml").write_text(
        f'[profiles.default]\nkey_file = "{files["profile"]}"\n'
    )

    cli.variables["STATUSPAGE_API_KEY"] = "variable"
    by_option = cli("auth", "status", "--token-file", str(files["option"]))
    by_variable = cli("auth", "status")
    cli.variables.clear()
    by_profile = cli("auth", "status")
    files["profile"].unlink()
    by_keyring = cli("auth", "status")

    assert [
        ended.stdout.splitlines()[0] for ended in (by_option, by_variable, by_profile, by_keyring)
    ] == [
        f"API key: --token-file {files['option']}",
        "API key: the environment variable STATUSPAGE_API_KEY",
        "API key: key_file of the profile default",
        "API key: keyring of ada",
    ]


@pytest.mark.parametrize(("option", "typed"), [("nothing-here", ""), ("-", "")])
def test_a_file_that_was_named_is_the_only_place(
    cli: Caller, ring: Keyring, option: str, typed: str
) -> None:
    ring.items["ada"] = KEY

    assert cli("auth", "status", "--token-file", option, input=typed).exit_code == 3


def test_logout_deletes_the_key_and_names_what_is_left(cli: Caller, ring: Keyring) -> None:
    ring.items |= {"ada": KEY, "somebody": "else"}
    cli.variables["STATUSPAGE_API_KEY"] = KEY

    ended = silent(cli("auth", "logout"))

    assert ended.exit_code == 0
    assert ended.stderr == (
        "Deleted from keyring of ada.\n"
        "The key also stands in the environment variable STATUSPAGE_API_KEY.\n"
    )
    assert ring.items == {"somebody": "else"}


def test_logout_where_no_key_is_stored_is_told(cli: Caller, ring: Keyring) -> None:
    ended = cli("auth", "logout")

    assert ended.exit_code == 4
    assert "keyring of ada: it holds no such item" in ended.stderr


def test_a_key_in_the_environment_goes_before_the_stored_one(cli: Caller, ring: Keyring) -> None:
    cli.variables["STATUSPAGE_API_KEY"] = "another"

    ended = cli("auth", "login", "--token-file", "-", input=KEY)

    assert "As long as STATUSPAGE_API_KEY is set" in ended.stderr


def test_a_profile_says_only_what_it_says() -> None:
    profile = replace(Profile(name="work"), host="http://127.0.0.1:8080")

    assert profile.settings() == {"host": "http://127.0.0.1:8080"}


def test_a_profile_that_cannot_be_written_is_told(cli: Caller, ring: Keyring) -> None:
    (cli.folder / "config").write_text("no folder")

    ended = cli("auth", "login", "--token-file", "-", input=KEY)

    assert ended.exit_code == 2
    assert "config.toml cannot be" in ended.stderr


def test_logout_names_the_file_that_holds_the_key(
    cli: Caller, ring: Keyring, tmp_path: Path
) -> None:
    ring.items["ada"] = KEY
    cli("auth", "login", "--token-file", "-", "--key-file", str(tmp_path / "key"), input=KEY)

    assert (
        f"The key also stands in {tmp_path}/key: delete that file." in cli("auth", "logout").stderr
    )


class Typing(io.StringIO):
    """Standard input, at which somebody sits."""

    def isatty(self) -> bool:
        return True


def test_the_key_is_not_typed_where_it_can_be_seen(
    cli: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Typing(KEY))

    (place,) = places(cli.environment(), Options(profile=Profile(), token_file="-"))

    assert isinstance(place.read(), Absent)
