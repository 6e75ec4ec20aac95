"""Where an API key is looked for, in which order, and that nothing hangs."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from statuspage import NoKey
from statuspage.keys import (
    Absent,
    Found,
    Place,
    first_key,
    places,
    programs,
    stores,
    system,
    system_keyring,
)
from statuspage.keys.chain import usable
from statuspage.keys.system_keyring import password, within

KEY = "made-up-key-0815-4711"
ME = "ada"


class Keyring(KeyringBackend):
    """A keyring in memory, or one that is locked or silent."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own
        self.items: dict[tuple[str, str], str] = {}
        self.trouble: Exception | None = None
        self.silent = threading.Event()
        self.silent.set()

    def get_password(self, service: str, username: str) -> str | None:
        self._work()
        return self.items.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._work()
        self.items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.items.pop((service, username), None) is None:
            raise PasswordDeleteError("Item not found")

    def _work(self) -> None:
        self.silent.wait()
        if self.trouble:
            raise self.trouble


@pytest.fixture
def ring() -> Iterator[Keyring]:
    """The system's keyring."""
    former, ring = keyring.get_keyring(), Keyring()
    keyring.set_keyring(ring)
    yield ring
    ring.silent.set()
    keyring.set_keyring(former)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose programs are the only ones."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def install(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def place(name: str, content: str | Absent) -> Place:
    return Place(name, lambda: content)


def test_the_first_place_that_holds_a_key_decides() -> None:
    asked = place("a", Absent("not set")), place("b", KEY), place("c", "another")

    assert first_key(asked) == Found(KEY, "b")


def test_a_place_after_the_first_that_holds_a_key_is_not_asked() -> None:
    def never() -> str:
        raise AssertionError

    assert first_key([place("a", KEY), Place("b", never)]).place == "a"


def test_an_error_says_what_was_tried_and_why_it_did_not_do() -> None:
    with pytest.raises(NoKey) as caught:
        first_key([place("a", Absent("it is not set")), place("b", " \n")])

    assert caught.value.tried == (("a", "it is not set"), ("b", "it is empty"))
    assert str(caught.value) == "No API key was found (a: it is not set; b: it is empty)."


def test_a_found_key_is_not_shown_when_it_is_printed() -> None:
    assert KEY not in repr(Found(KEY, "a"))


@pytest.mark.parametrize("content", [KEY, f" {KEY}\n", f"OAuth {KEY}\r\n"])
def test_white_space_around_a_key_and_the_word_before_it_are_no_part_of_it(content: str) -> None:
    assert usable(content) == KEY


@given(st.text())
def test_what_is_usable_can_be_sent_in_a_header(content: str) -> None:
    key = usable(content)

    assert isinstance(key, Absent) or (key.isprintable() and len(key.split()) == 1)


def test_a_file_holds_the_key(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n", encoding="utf-8")

    assert first_key([places.file(tmp_path / "key")]).key == KEY


@pytest.mark.parametrize("name", ["nothing", "folder", "binary"])
def test_a_file_that_cannot_be_read_is_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary").write_bytes(b"\xff\xfe")

    assert isinstance(places.file(tmp_path / name).read(), Absent)


def test_an_environment_variable_holds_the_key() -> None:
    assert places.variable({"STATUSPAGE_API_KEY": KEY}).read() == KEY
    assert places.variable({}).read() == Absent("it is not set")


def test_the_item_of_the_conan_commands_is_found_in_the_keyring(ring: Keyring) -> None:
    """C0.12"""
    ring.set_password("statuspage-token", ME, KEY)

    assert places.keyring(user=ME).read() == KEY


def test_a_keyring_is_asked_for_the_user_who_is_logged_in(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", ME)
    ring.set_password("statuspage-token", ME, KEY)

    assert places.keyring().read() == KEY
    assert ME in places.keyring().name


def test_a_machine_that_knows_no_login_name_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 2**31 - 7)

    assert places.login_name() == ""


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        (KeyringLocked("Failed to unlock the collection!"), "Failed to unlock the collection!"),
        (RuntimeError("No backend. Install one."), "No backend"),
        (OSError(), "OSError"),
    ],
)
def test_a_keyring_that_fails_is_passed_over(ring: Keyring, trouble: Exception, why: str) -> None:
    ring.trouble = trouble

    assert places.keyring(user=ME).read() == Absent(why)


def test_a_keyring_that_does_not_answer_is_not_waited_for(ring: Keyring) -> None:
    ring.silent.clear()

    assert password("statuspage-token", ME, patience=0.01) == Absent(
        "it did not answer within 0.01 s"
    )


def test_a_place_gets_a_second_and_a_store_as_long_as_unlocking_takes(ring: Keyring) -> None:
    ring.silent.clear()

    assert programs.PATIENCE <= 1 < programs.UNLOCKING
    assert system_keyring.put("a", ME, KEY, patience=0.01) == Absent(
        "it did not answer within 0.01 s"
    )


def test_an_item_that_is_not_there_is_told(ring: Keyring) -> None:
    assert places.keyring(user=ME).read() == Absent("it holds no such item")


def test_a_missing_package_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    assert places.keyring(user=ME).read() == Absent(
        "it needs pip install 'statuspage-client[keyring]'"
    )


def test_whatever_is_asked_in_time_is_answered() -> None:
    assert within(lambda: 3, patience=5) == 3


def test_the_item_of_the_conan_commands_is_found_by_secret_tool(program: Path) -> None:
    """C0.12"""
    # Stored by: secret-tool store --label='statuspage' $(whoami) statuspage-token
    install(program, "secret-tool", f'[ "$*" = "lookup {ME} statuspage-token" ] && echo {KEY}')

    assert first_key([places.secret_tool(user=ME)]).key == KEY


@pytest.mark.parametrize("path", [None, "secrets.keychain"])
def test_the_item_of_the_conan_commands_is_found_in_a_keychain(
    program: Path, path: str | None
) -> None:
    """C0.12, W0.a"""
    # Stored by: security add-generic-password -a $USER -s statuspage-token -w KEY secrets.keychain
    asked = f"find-generic-password -a {ME} -s statuspage-token -w{f' {path}' if path else ''}"
    install(program, "security", f'[ "$*" = "{asked}" ] && echo {KEY}')

    assert first_key([places.keychain(user=ME, path=path)]).key == KEY


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("exit 1", "it holds no such item"),
        ("echo warning >&2; echo The specified item could not be found. >&2; exit 44",
         "The specified item could not be found."),
        ("exit 0", "it holds no such item"),
    ],
)  # fmt: skip
def test_a_program_that_finds_nothing_is_passed_over(program: Path, script: str, why: str) -> None:
    install(program, "secret-tool", script)

    assert places.secret_tool(user=ME).read() == Absent(why)


def test_a_program_that_is_not_there_is_passed_over(program: Path) -> None:
    """W0.b"""
    assert places.secret_tool(user=ME).read() == Absent("secret-tool is not installed")
    assert places.keychain(user=ME).read() == Absent("security is not installed")


def test_a_program_that_does_not_answer_is_not_waited_for(program: Path) -> None:
    install(program, "secret-tool", "exec /bin/sleep 30")

    said = programs.run(["secret-tool"], patience=0.02)

    assert said == Absent("secret-tool did not answer within 0.02 s")


def test_a_program_that_cannot_be_run_is_passed_over(program: Path) -> None:
    (program / "secret-tool").write_text("", encoding="utf-8")

    assert isinstance(places.secret_tool(user=ME).read(), Absent)


@pytest.mark.parametrize(
    ("platform", "names"),
    [
        ("linux", ["the keyring", "secret-tool"]),
        ("darwin", ["the keyring", "the keychains of", "the keychain secrets.keychain"]),
        ("win32", ["the keyring"]),
    ],
)
def test_each_system_has_its_places(
    monkeypatch: pytest.MonkeyPatch, platform: str, names: list[str]
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    found = [place.name for place in system.places()]

    assert len(found) == len(names)
    assert all(name.startswith(begin) for name, begin in zip(found, names, strict=True))


def test_a_keychain_that_is_named_is_the_only_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    assert [place.name.split(" of ")[0] for place in system.places(keychain="work.keychain")] == [
        f"the keyring (service statuspage-token, user {places.login_name()})",
        "the keychain work.keychain",
    ]


def test_a_key_is_put_where_it_is_looked_for_and_deleted_again(ring: Keyring) -> None:
    store = stores.keyring(user=ME)

    assert store.put(KEY) is None
    assert ring.items == {("statuspage-token", ME): KEY}
    assert places.keyring(user=ME).read() == KEY
    assert store.delete() is None
    assert store.delete() == Absent("Item not found")


def test_secret_tool_is_given_the_key_by_its_standard_input(program: Path, tmp_path: Path) -> None:
    install(program, "secret-tool", f'echo "$*" >> {tmp_path}/said; /bin/cat >> {tmp_path}/said')
    store = stores.secret_tool(user=ME)

    assert store.put(KEY) is None
    assert store.delete() is None
    assert (tmp_path / "said").read_text(encoding="utf-8") == (
        f"store --label=statuspage {ME} statuspage-token\n{KEY}clear {ME} statuspage-token\n"
    )


def test_a_store_that_refuses_says_why(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.setattr(sys, "platform", "linux")

    assert [refused.why for store in system.stores() if (refused := store.put(KEY))] == [
        "it needs pip install 'statuspage-client[keyring]'",
        "secret-tool is not installed",
    ]
