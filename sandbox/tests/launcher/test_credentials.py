"""Which settings the integration gets from `.env`."""

from pathlib import Path

import pytest

from launcher.credentials import (
    API_KEY,
    BASE_URL,
    CLIENT_ID,
    CLIENT_SECRET,
    REQUIRED,
    find_env_file,
    read_credentials,
)
from launcher.errors import BadSettings

WHOLE = {CLIENT_ID: "an-id", CLIENT_SECRET: "a-secret", API_KEY: "a-key"}


def env_file(folder: Path, variables: dict[str, str]) -> Path:
    file = folder / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in variables.items()))
    return file


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_variable_that_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    file = env_file(tmp_path, {name: value for name, value in WHOLE.items() if name != missing})
    with pytest.raises(BadSettings, match=f"lacks {missing}"):
        read_credentials(file, {})


def test_a_value_of_the_example_is_not_taken_for_ones_own(tmp_path: Path) -> None:
    file = env_file(tmp_path, {**WHOLE, CLIENT_ID: "YOUR_PORT_CLIENT_ID"})
    with pytest.raises(BadSettings, match=f"{CLIENT_ID} in .* is still the example's"):
        read_credentials(file, {})


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = env_file(tmp_path, WHOLE)
    found = read_credentials(file, {CLIENT_ID: "another", "HOME": "/somewhere"})
    assert found[CLIENT_ID] == "another"
    assert found[API_KEY] == "a-key"
    assert "HOME" not in found.settings


def test_an_address_that_is_not_given_is_the_vendors(tmp_path: Path) -> None:
    found = read_credentials(env_file(tmp_path, WHOLE), {})
    assert found.address(BASE_URL) == "https://api.getport.io"


def test_without_a_file_there_are_no_credentials(tmp_path: Path) -> None:
    assert find_env_file((tmp_path / "a", tmp_path / "b")) is None


def test_two_files_are_refused_instead_of_mixed(tmp_path: Path) -> None:
    places = (tmp_path / "a", tmp_path / "b")
    for place in places:
        place.touch()
    with pytest.raises(BadSettings, match="only one can count"):
        find_env_file(places)
