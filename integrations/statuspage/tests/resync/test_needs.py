"""Whether a mapping of components asks for more than the public view holds."""

import copy
from typing import Any

import pytest

from integration import StatuspagePortAppConfig
from resync.needs import rows_suffice
from tests.port_resources.shipped import mapping_config


def suffice(kind: str = "component", **properties: str) -> bool:
    """Return the answer for the shipped mapping with more properties."""
    config: dict[str, Any] = copy.deepcopy(mapping_config())
    for block in config["resources"]:
        if block["kind"] == kind:
            block["port"]["entity"]["mappings"]["properties"] |= properties
    return rows_suffice(StatuspagePortAppConfig(**config).resources)


def test_the_shipped_mapping_asks_for_nothing_more() -> None:
    assert suffice()


@pytest.mark.parametrize(
    "expression", [".automation_email", ".", " . | tostring", "tojson", "to_entries", "del(.name)"]
)
def test_what_may_hand_on_the_hidden_key_asks_for_more(expression: str) -> None:
    assert not suffice(more=expression)


def test_what_other_kinds_ask_for_does_not_matter() -> None:
    assert suffice("incident", whole=".")


@pytest.mark.parametrize("expression", [".name", ".showcase | tostring", ".start_date[0:10]"])
def test_other_keys_are_in_the_view(expression: str) -> None:
    assert suffice(other=expression)
