"""Profiles: what stands in the file counts, and what is written leaves the rest alone."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.cli.profile_file import with_settings
from statuspage.cli.profiles import Profile, parse

from .calling import Caller

TWO = """default = "work"  # the usual one

[profiles.work]
page = "a0page000001"

[profiles."at home"]
host = "http://127.0.0.1:8080"
"""


@pytest.mark.parametrize(
    ("text", "wanted", "profile"),
    [
        ("", None, Profile()),
        (TWO, None, Profile(name="work", page="a0page000001")),
        (TWO, "at home", Profile(name="at home", host="http://127.0.0.1:8080")),
        ("[profiles.default]\npage = 'x'", None, Profile(name="default", page="x")),
        ("[profiles.work]\npage = 'x'", None, Profile()),
    ],
)
def test_the_wanted_profile_counts_else_the_default_one(
    text: str, wanted: str | None, profile: Profile
) -> None:
    assert parse(text, wanted) == profile


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (TWO, r"there is no profile 'nope' \(known: work, at home\)"),
        ("", r"there is no profile 'nope' \(known: none yet\)"),
        ("[profiles.nope]\npag = 'x'", "'pag' in profile 'nope' is no setting"),
        ("[profiles.nope]\npage = 3", "'page' in profile 'nope' must be a text"),
        ("[profiles]\nnope = 3", "the profile 'nope' is no table"),
        ("profiles = 3", "it needs tables"),
        ("[profiles.nope", "Expected ']'"),
        ("[profiles.nope]\nname = 'x'", "'name' in profile 'nope' is no setting"),
    ],
)
def test_a_fault_in_the_file_is_told(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse(text, "nope")


def test_a_fault_in_the_file_is_wrong_use_and_names_the_file(cli: Caller) -> None:
    ended = cli("auth", "status", "--profile", "nope")

    assert ended.exit_code == 2
    assert ended.stderr.startswith(f"Error: {cli.folder}/config/config.toml: there is no profile")


def test_a_profile_can_be_named_by_a_variable(cli: Caller) -> None:
    cli.folder.joinpath("config").mkdir()
    cli.folder.joinpath("config/config.toml").write_text(TWO)
    cli.variables["STATUSPAGE_PROFILE"] = "at home"

    assert "Profile: at home\nHost: http://127.0.0.1:8080\n" in cli("auth", "status").stdout
    assert "Page: a0page000001\n" in cli("auth", "status", "--profile", "work").stdout


def test_what_is_written_changes_its_profile_alone() -> None:
    changed = with_settings(TWO, "work", {"page": "b0page000001", "key_file": '/a "b" \\ c'})

    assert changed.startswith('default = "work"  # the usual one\n')
    assert tomllib.loads(changed) == tomllib.loads(TWO) | {
        "profiles": {
            "work": {"page": "b0page000001", "key_file": '/a "b" \\ c'},
            "at home": {"host": "http://127.0.0.1:8080"},
        }
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("profiles = {work = {page = 'x'}}", "twice"),
        ('default = """\n[profiles.work]\n"""\n[profiles]\nwork = {}', "by hand"),
    ],
)
def test_a_file_that_cannot_be_changed_safely_is_left_alone(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        with_settings(text, "work", {"page": "y"})


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)


@given(NAMES, st.dictionaries(st.sampled_from(["page", "host", "key_file"]), NAMES, min_size=1))
def test_whatever_is_written_is_read_again(name: str, settings: dict[str, str]) -> None:
    assert parse(with_settings(TWO, name, settings), name).settings().items() >= settings.items()


@pytest.mark.parametrize("spoilt", ["folder", "binary"])
def test_a_file_that_cannot_be_read_is_wrong_use_and_named(cli: Caller, spoilt: str) -> None:
    file = cli.folder / "config/config.toml"
    file.parent.mkdir()
    if spoilt == "folder":
        file.mkdir()
    else:
        file.write_bytes(b"\xff\xfe")

    ended = cli("auth", "status")

    assert ended.exit_code == 2
    assert ended.stderr.startswith(f"Error: {file} cannot be read: ")
