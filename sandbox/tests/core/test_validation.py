"""What fits a blueprint, and the sentence for what does not."""

from typing import Any

import pytest

from port_sandbox.core.entities import Entity
from port_sandbox.core.validation import EntityRules, check_sent
from port_sandbox.errors import Invalid

PROPERTIES = {
    "text": {"type": "string", "minLength": 2, "pattern": "^a"},
    "url": {"type": "string", "format": "url"},
    "email": {"type": "string", "format": "email"},
    "ip": {"type": "string", "format": "ipv4"},
    "at": {"type": "string", "format": "date-time"},
    "body": {"type": "string", "format": "markdown"},
    "number": {"type": "number", "maximum": 10},
    "flag": {"type": "boolean"},
    "object": {"type": "object"},
    "list": {"type": "array", "items": {"type": "string", "enum": ["x"]}},
    "must": {"type": "string"},
}
RULES = EntityRules(
    {
        "schema": {"properties": PROPERTIES, "required": ["must"]},
        "relations": {"one": {"target": "t"}, "many": {"target": "t", "many": True}},
    }
)


def check(properties: dict[str, Any], **relations: Any) -> None:
    held = {"must": "be", **properties}
    RULES.check(Entity("b", "e", properties=held, relations=relations))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "ab"),
        ("url", "https://a.example/ä?b"),
        ("url", "ssh://host"),
        ("email", "a@b.example"),
        ("ip", "10.0.0.1"),
        ("at", "2026-11-21T10:00:00.123456+0100"),
        ("at", "2026-11-21T10:00:00Z"),
        ("body", "# x"),
        ("number", 1.5),
        ("number", None),
        ("flag", False),
        ("object", {"a": 1}),
        ("list", ["x", "x"]),
    ],
)
def test_what_fits(name: str, value: Any) -> None:
    check({name: value})


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("text", 1, '"text" must be string'),
        ("text", "b", '"text" breaks its minLength of 2'),
        ("text", "bb", '"text" must match pattern "^a"'),
        ("url", "nowhere", '"url" must match format "url"'),
        ("url", "http://[", '"url" must match format "url"'),
        ("email", "nobody", '"email" must match format "email"'),
        ("ip", "10.0.0.256", '"ip" must match format "ipv4"'),
        ("at", "2026-11-21", '"at" must match format "date-time"'),
        ("at", "2026-13-21T10:00:00Z", '"at" must match format "date-time"'),
        ("number", 11, '"number" breaks its maximum of 10'),
        ("number", True, '"number" must be number'),
        ("flag", "yes", '"flag" must be boolean'),
        ("list", ["y"], '"list/0" must be equal to one of the allowed values: x'),
        ("must", None, 'must have required property "must"'),
    ],
)
def test_what_does_not(name: str, value: Any, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        check({name: value})
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "relations", [{"one": ["a"]}, {"many": "a"}, {"many": [1]}, {"other": "a"}]
)
def test_relations_that_do_not_fit(relations: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        check({}, **relations)


def test_relations_that_fit() -> None:
    check({}, one="a", many=["a", "b"])
    check({}, one=None, many=None)


@pytest.mark.parametrize(
    "sent",
    [
        "x",
        {},
        {"identifier": ""},
        {"identifier": ".."},
        {"identifier": "a b"},
        {"identifier": "a" * 1001},
        {"identifier": "a", "properties": []},
        {"identifier": "a", "title": 1},
    ],
)
def test_what_is_no_entity(sent: Any) -> None:
    with pytest.raises(Invalid):
        check_sent(sent)
