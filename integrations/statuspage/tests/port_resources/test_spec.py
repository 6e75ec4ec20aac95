"""The specification says what the integration serves and what it can be told."""

import pytest
from port_ocean.config.base import BaseOceanModel
from port_ocean.config.dynamic import default_config_factory

from .shipped import KINDS, Json, spec

SETTINGS: dict[str, Json] = {setting["name"]: setting for setting in spec()["configurations"]}


def _read(**given: object) -> Json:
    """The settings as Ocean reads them; it calls the camelCase names by their snake_case."""
    model = default_config_factory(spec()["configurations"])
    return model.model_validate(given).model_dump()


def test_specification_lists_every_kind_in_the_order_of_the_mapping() -> None:
    (exporter,) = spec()["features"]

    assert [resource["kind"] for resource in exporter["resources"]] == list(KINDS)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_described(name: str) -> None:
    assert SETTINGS[name]["description"].strip()


def test_only_the_key_has_to_be_given() -> None:
    assert [name for name, setting in SETTINGS.items() if setting["required"]] == [
        "statuspageApiKey"
    ]


@pytest.mark.parametrize("name", ["statuspageApiKey", "redisUrl"])
def test_secrets_are_marked_as_such(name: str) -> None:
    assert SETTINGS[name]["sensitive"] is True


def test_ocean_fills_in_the_defaults() -> None:
    assert _read(statuspage_api_key="key") == {
        "statuspage_api_key": "key",
        "statuspage_host": "https://api.statuspage.io",
        "statuspage_ids": None,
        "requests_per_minute": 60,
        "redis_url": "",
        "webhook_contact_email": None,
        "watch_interval": 30,
        "app_host": None,
    }


def test_pages_are_given_as_a_json_array() -> None:
    assert _read(statuspage_api_key="key", statuspage_ids='["a", "b"]')["statuspage_ids"] == [
        "a",
        "b",
    ]


def test_a_secret_that_is_not_set_hides_no_word_in_the_logs() -> None:
    """Ocean hides the text of every secret wherever it stands; that of nothing is the word None."""
    model = default_config_factory(spec()["configurations"])
    settings = model.model_validate({"statuspage_api_key": "key"})

    assert isinstance(settings, BaseOceanModel)
    assert settings.get_sensitive_fields_data() == {"key", ""}
