"""Where the token comes from. `security` and `secret-tool` are small programs of the tests."""

import stat
import sys
import time
from argparse import Namespace
from pathlib import Path

import keyring
import keyring.core
import pytest
from calling import Conan, Outcome
from memory_keyring import Locked, Memory, Silent
from proxy import Proxy
from real_server import PAGE, RealServer


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    """An empty keyring, in the place of this system's."""
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend := Memory())
    return backend


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: Memory) -> Path:
    """The only folder in which programs are looked for, on a system that is Linux."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "somebody")
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


@pytest.fixture
def on_macos(programs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same on macOS."""
    monkeypatch.setattr(sys, "platform", "darwin")
    return programs


def program(folder: Path, name: str, words: str, key: str) -> None:
    """Make a program that prints a key when it is called with these words, and fails otherwise."""
    path = folder / name
    path.write_text(
        f'#!/bin/sh\nif [ "$*" = "{words}" ]; then echo {key}; exit; fi\n'
        "echo The specified item could not be found in the keychain. >&2\nexit 44\n"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def create(conan: Conan, *words: str, given: str = "") -> Outcome:
    """Open an incident, without a token."""
    prepared = ("statuspage:create_incident", "-p", PAGE, "-t", "Orders fail", "-f", "json")
    return conan.bare(*prepared, *words, given=given)


def used(proxy: Proxy) -> str:
    """The key of the only request."""
    (request,) = proxy.requests
    return request.authorization.removeprefix("OAuth ")


def test_c0_11_the_token_of_the_command_line_is_the_first(
    conan: Conan, proxy: Proxy, programs: Path, server: RealServer
) -> None:
    program(programs, "secret-tool", "lookup somebody statuspage-token", "of-the-system")

    assert create(conan, "--token", server.key).code == 0
    assert used(proxy) == server.key


def test_c0_11_what_the_system_stores_comes_before_the_keyring(
    conan: Conan, proxy: Proxy, programs: Path, memory: Memory, server: RealServer
) -> None:
    program(programs, "secret-tool", "lookup somebody statuspage-token", server.key)
    memory.set_password("statuspage-token", "somebody", "of-the-keyring")

    assert create(conan).code == 0
    assert used(proxy) == server.key


def test_c0_11_the_keyring_is_the_last(
    conan: Conan, proxy: Proxy, programs: Path, memory: Memory, server: RealServer
) -> None:
    memory.set_password("statuspage-token", "somebody", server.key)

    assert create(conan).code == 0
    assert used(proxy) == server.key


def test_c0_11_an_environment_variable_is_no_place_for_it(
    conan: Conan, proxy: Proxy, programs: Path, server: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATUSPAGE_API_KEY", server.key)

    assert create(conan).code == 1
    assert proxy.requests == []


def test_c0_11_windows_has_the_keyring_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from statuspage_commands.api_token import token_places  # noqa: PLC0415 (Conan's home has it)

    monkeypatch.setattr(sys, "platform", "win32")
    options = {"token": None, "token_file": None, "keychain_service": "s", "keychain_user": "u"}

    places = [place.name for place in token_places(Namespace(**options))]

    assert places == ["the keyring (service s, user u)"]


def test_c0_12_and_w0_a_what_was_stored_in_the_keychain_is_found(
    conan: Conan, proxy: Proxy, on_macos: Path, server: RealServer
) -> None:
    words = "find-generic-password -a somebody -s statuspage-token -w"
    program(on_macos, "security", words, server.key)

    outcome = create(conan)

    assert (outcome.code, used(proxy)) == (0, server.key)
    # Nothing but the object is on standard output.
    assert outcome.json["name"] == "Orders fail"


def test_w0_b_a_keychain_with_a_name_is_asked_too(
    conan: Conan, proxy: Proxy, on_macos: Path, server: RealServer
) -> None:
    words = "find-generic-password -a somebody -s statuspage-token -w secrets.keychain"
    program(on_macos, "security", words, server.key)

    assert create(conan).code == 0
    assert used(proxy) == server.key


def test_w0_b_the_keychain_can_have_any_name(
    conan: Conan, proxy: Proxy, on_macos: Path, server: RealServer
) -> None:
    words = "find-generic-password -a ci -s status -w builds.keychain"
    program(on_macos, "security", words, server.key)

    given = ("-ku", "ci", "-ks", "status", "--keychain", "builds.keychain")
    assert create(conan, *given).code == 0
    assert used(proxy) == server.key


def test_c0_12_what_was_stored_with_secret_tool_is_found(
    conan: Conan, proxy: Proxy, programs: Path, server: RealServer
) -> None:
    program(programs, "secret-tool", "lookup ci status", server.key)

    assert create(conan, "--keychain-user", "ci", "--keychain-service", "status").code == 0
    assert used(proxy) == server.key


@pytest.mark.parametrize("backend", [Locked, Silent])
def test_w0_b_where_no_place_holds_one_each_is_named_within_seconds(
    conan: Conan,
    proxy: Proxy,
    programs: Path,
    backend: type[Memory],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend())

    begun = time.monotonic()
    outcome = create(conan)

    assert time.monotonic() - begun < 10
    assert (outcome.code, outcome.out, proxy.requests) == (1, "", [])
    assert "Status Page API token is required." in outcome.err
    assert "secret-tool is not installed" in outcome.err
    assert "the keyring (service statuspage-token, user somebody)" in outcome.err
    assert "Traceback" not in outcome.err


def test_w0_f_the_token_can_stay_out_of_the_list_of_processes(
    conan: Conan, proxy: Proxy, programs: Path, server: RealServer, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(f"{server.key}\n")

    assert create(conan, "--token-file", str(tmp_path / "token")).code == 0
    assert create(conan, "--token-file", "-", given=f"{server.key}\n").code == 0
    assert {request.authorization for request in proxy.requests} == {f"OAuth {server.key}"}


def test_a_file_that_cannot_be_read_is_told(conan: Conan, programs: Path) -> None:
    outcome = create(conan, "--token-file", "nowhere")

    assert outcome.code == 1
    assert "--token-file cannot be read: " in outcome.err


def test_standard_input_cannot_be_two_things(conan: Conan, proxy: Proxy) -> None:
    outcome = create(conan, "--token-file", "-", "--message-file", "-", given="A")

    assert (outcome.code, proxy.requests) == (1, [])
    assert "Standard input cannot hold both the token and the message." in outcome.err
