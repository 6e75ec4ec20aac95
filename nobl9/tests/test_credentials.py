"""Where credentials are found, and what is said where they are missing."""

from pathlib import Path

import pytest
from calling import Caller
from stand_in import ADDRESS, CLIENT_SECRET, VARIABLES, StandIn
from statuspage import keys
from statuspage.cli.extension import Profile
from statuspage.keys.stores import Store

from statuspage_nobl9 import NoCredentials, find
from statuspage_nobl9.credentials import Credentials


@pytest.mark.parametrize(
    "base",
    ["", "/", "/api", "/api/dashboards/v1", "/api/dashboards/v1/status-page/"],
)
def test_the_address_may_be_written_in_any_length(cli: Caller, base: str) -> None:
    cli.done("components", "--base-url", ADDRESS + base)


def test_an_address_that_is_none_is_wrong_use_and_not_repeated(cli: Caller) -> None:
    ended = cli("components", "--base-url", "https://me:password@nobl9.test")

    assert ended.exit_code == 2
    assert ended.stderr.startswith("Error: --base-url is no address")
    assert "password@" not in ended.stderr


def test_a_file_env_is_read_and_the_environment_goes_before_it(
    cli: Caller, folder: Path, nobl9: StandIn
) -> None:
    lines = [f"{name}='{value}'" for name, value in VARIABLES.items()]
    (folder / ".env").write_text("\n".join(["# Nobl9", *lines, f"NOBL9_BASE_URL={ADDRESS}"]))
    cli.variables = {"NOBL9_ORG": ""}

    assert "found in .env" in cli.done("check").stdout
    cli.variables = {"NOBL9_CLIENT_SECRET": "wrong"}
    assert cli("check").exit_code == 3


def test_what_is_missing_is_named_and_nothing_is_asked(cli: Caller, nobl9: StandIn) -> None:
    del cli.variables["NOBL9_ORG"], cli.variables["NOBL9_CLIENT_SECRET"]

    ended = cli("check")

    assert (ended.exit_code, nobl9.requests) == (3, [])
    assert "NOBL9_ORG and NOBL9_CLIENT_SECRET are missing" in ended.stderr
    assert "`statuspage nobl9 login` keeps them." in ended.stderr


@pytest.mark.parametrize("value", ["a b", "a\nb", "ä", "a\x00"])
def test_what_no_header_can_hold_is_refused_without_being_repeated(value: str) -> None:
    with pytest.raises(NoCredentials) as refused:
        Credentials(organization="acme", api_token=value)

    assert str(refused.value) == "NOBL9_API_TOKEN holds characters that it cannot have."


def test_no_secret_is_in_what_is_shown_of_credentials() -> None:
    assert CLIENT_SECRET not in repr(find(VARIABLES, Path("none"), lambda _: []))


class Keyring:
    """A keyring in memory."""

    def __init__(self, cli: Caller) -> None:
        self.stored: dict[tuple[str, str], str] = {}
        cli.places_of, cli.stores_of = self.places, self.stores

    def places(self, profile: Profile) -> list[keys.Place]:
        item = profile.keyring_service, profile.keyring_user
        return [keys.Place("the keyring", lambda: self.stored.get(item, keys.Absent("no")))]

    def stores(self, profile: Profile) -> list[Store]:
        item = profile.keyring_service, profile.keyring_user

        def put(secret: str) -> None:
            self.stored[item] = secret

        def delete() -> keys.Absent | None:
            return None if self.stored.pop(item, None) else keys.Absent("no")

        return [Store("the keyring", put, delete)]


def test_login_keeps_what_has_proved_to_work_and_logout_deletes_it(
    cli: Caller, nobl9: StandIn
) -> None:
    keyring = Keyring(cli)
    cli.variables, cli.terminal = {"NOBL9_BASE_URL": ADDRESS}, True
    words = ("login", "--org", "acme", "--client-id", "id-4711")

    wrong = cli(*words, given="wrong\n")
    stored = dict(keyring.stored)
    cli.done(*words, given=f"{CLIENT_SECRET}\n")

    assert (wrong.exit_code, stored) == (3, {})
    assert "found in the keyring" in cli.done("check").stdout
    cli.done("logout")
    assert (keyring.stored, cli("check").exit_code, cli("logout").exit_code) == ({}, 3, 4)


def test_a_profile_is_a_keyring_service_of_its_own(cli: Caller) -> None:
    keyring = Keyring(cli)
    cli.terminal = True
    words = ("login", "--org", "acme", "--client-id", "id-4711", "--profile", "staging")

    cli.done(*words, given=f"{CLIENT_SECRET}\n")

    assert {service for service, _ in keyring.stored} == {"nobl9-staging"}


def test_without_a_keyring_the_file_is_named(cli: Caller) -> None:
    cli.terminal = True
    words = ("login", "--org", "acme", "--client-id", "id-4711")

    ended = cli(*words, given=f"{CLIENT_SECRET}\n")

    assert ended.exit_code == 1
    assert "set the variables in a file .env instead" in ended.stderr
