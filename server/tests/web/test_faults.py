"""What a client reads when its request does not fit: where, and what belongs there."""

from typing import Any

import pytest

from tests.manage import Manage


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ({}, ["incident: is missing"]),
        ([], ["The body: must be an object"]),
        ({"incident": 5}, ["incident: must be an object"]),
        ({"incident": {"name": ["x"]}}, ["incident.name: must be text"]),
        (
            {"incident": {"name": "x" * 256}},
            ["incident.name: must have 255 characters at most"],
        ),
        (
            {"incident": {"components": 3}},
            ["incident.components: must be an object or a list"],
        ),
        (
            {"incident": {"components": {"x": "broken"}}},
            [
                (
                    "incident.components.x: must be one of 'operational', 'under_maintenance', "
                    "'degraded_performance', 'partial_outage', 'major_outage' or ''"
                ),
                "incident.components: must be a list",
            ],
        ),
        ({"incident": {"component_ids": [1, None]}}, ["incident.component_ids.1: must be text"]),
        ({"incident": {"backfilled": "maybe"}}, ["incident.backfilled: must be true or false"]),
        (
            {"incident": {"metadata": {"port": "r_1"}}},
            ["incident.metadata.port: must be an object"],
        ),
        (
            {"incident": {"scheduled_for": "soon"}},
            ["incident.scheduled_for: this is not a timestamp such as 2026-03-04T05:06:07Z"],
        ),
    ],
)
async def test_it_is_told_where_and_what(manage: Manage, body: Any, sentences: list[str]) -> None:
    assert (await manage.post("incidents", body, 422))["error"] == sentences


async def test_so_it_is_for_addresses(manage: Manage) -> None:
    answer = await manage.get("incidents", 422, limit="many", page="two")
    assert answer["error"] == ["limit: must be a whole number", "page: must be a whole number"]
