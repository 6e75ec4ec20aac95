"""An error at start is told in plain words; a bug keeps its traceback."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from port_ocean.config.dynamic import default_config_factory
from port_ocean.config.settings import IntegrationConfiguration
from pydantic import ValidationError

from advice import sentence
from plain_errors import sentences
from settings import SettingError
from statuspage import KeyRejected
from tests.account import KEY
from tests.port_resources.shipped import spec

ROOT = Path(__file__).parent.parent


def told(**settings: Any) -> list[str]:
    """Return what a user is told of settings that Ocean refuses."""
    with pytest.raises(ValidationError) as caught:
        default_config_factory(spec()["configurations"])(**settings)
    lines = sentences(caught.value)
    assert lines is not None
    return lines


def test_a_missing_key_is_named_as_the_parameter_and_as_the_variable() -> None:
    variable = "OCEAN__INTEGRATION__CONFIG__STATUSPAGE_API_KEY"

    assert told() == [f"statuspageApiKey cannot be used: field required ({variable})."]


@pytest.mark.parametrize(
    ("name", "value", "parameter"),
    [
        ("statuspage_ids", "r4k9wz2mq7xd", "statuspageIds"),
        ("statuspage_ids", "[r4k9wz2mq7xd]", "statuspageIds"),
        ("requests_per_minute", "many", "requestsPerMinute"),
        ("requests_per_minute", 1.5, "requestsPerMinute"),
        ("statuspage_host", "no address", "statuspageHost"),
        ("statuspage_api_key", ["a list"], "statuspageApiKey"),
        ("redis_url", 6379, "redisUrl"),
        ("app_host", "no address", "appHost"),
    ],
)
def test_each_wrong_value_is_told_in_one_line_that_names_it(
    name: str, value: object, parameter: str
) -> None:
    (line,) = told(**{"statuspage_api_key": KEY, name: value})

    assert line.startswith(f"{parameter} cannot be used: ")
    assert line.endswith(f"(OCEAN__INTEGRATION__CONFIG__{name.upper()}).")
    assert "\n" not in line
    assert "pydantic" not in line


def test_a_list_that_is_no_json_is_told_with_how_it_should_look() -> None:
    (line,) = told(statuspage_api_key=KEY, statuspage_ids="r4k9wz2mq7xd")

    assert '["r4k9wz2mq7xd"]' in line


def test_each_of_several_problems_has_a_line() -> None:
    lines = told(requests_per_minute="many")

    assert [line.partition(" ")[0] for line in lines] == ["statuspageApiKey", "requestsPerMinute"]


@pytest.mark.parametrize("wrong", [{"statuspage_ids": KEY}, {"requests_per_minute": KEY}])
def test_a_key_at_the_wrong_place_is_not_repeated(wrong: dict[str, str]) -> None:
    assert not [line for line in told(**wrong) if KEY in line]


def test_a_setting_of_ocean_itself_is_named_as_ocean_names_it() -> None:
    with pytest.raises(ValidationError) as caught:
        IntegrationConfiguration(port={"client_id": "made-up"})
    lines = sentences(caught.value)

    assert lines is not None
    assert any("port.client_secret" in line for line in lines)
    assert any("(OCEAN__PORT__CLIENT_SECRET)" in line for line in lines)


def test_a_setting_that_cannot_work_is_told_in_its_own_words() -> None:
    error = SettingError("statuspageHost", "is 'x': write an address.")

    assert sentences(error) == ["statuspageHost is 'x': write an address."]


def test_an_error_of_the_library_is_told_with_what_to_do_about_it() -> None:
    error = KeyRejected("GET /v1/pages", 401, "")

    assert sentences(error) == [sentence(error)]


@pytest.mark.parametrize("bug", [KeyError("id"), ValueError("x"), RuntimeError(), SystemExit(2)])
def test_a_bug_has_no_sentence(bug: BaseException) -> None:
    assert sentences(bug) is None


def crash(expression: str) -> str:
    """Return what a process prints that ends with an error."""
    program = (
        "import plain_errors, settings\n"
        "plain_errors.install()\n"
        "plain_errors.install()\n"
        f"raise {expression}\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    return ended.stderr


def test_a_process_that_ends_with_an_error_of_ours_prints_one_line() -> None:
    assert crash("settings.SettingError('redisUrl', 'is odd.')") == "statuspage: redisUrl is odd.\n"


def test_a_process_that_ends_with_a_bug_prints_the_traceback() -> None:
    printed = crash("KeyError('id')")

    assert printed.startswith("Traceback (most recent call last):")
    assert printed.endswith("KeyError: 'id'\n")
