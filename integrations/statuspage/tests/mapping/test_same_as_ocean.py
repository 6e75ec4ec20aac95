"""Whatever a mapping says, our processor gives what Ocean's gives."""

# ruff: noqa: SLF001 (what is compared is Ocean's inside)

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from port_ocean.core.handlers.port_app_config.models import ResourceConfig

from kinds import ObjectKind
from mapping.mapper import Mapper
from mapping.processor import program_text
from tests.odd_objects import all_fields_odd, each_field_odd
from tests.port_resources.shipped import mapping_config

from .both_ways import OceansOwn, mapped_batch, ours, results
from .expressions import EXPRESSIONS
from .public_mapping import PUBLIC

# Times are Ocean's to turn into texts, and not all that Python holds is JSON.
NOW = datetime.datetime(2026, 9, 14, 9, 0, tzinfo=datetime.UTC)
OBJECTS: list[dict[str, Any]] = [
    {
        "id": "a",
        "name": "Ab, c",
        "number": 7,
        "list": [3, 1, 2],
        "nested": {"a": {"b": [None]}},
        "when": "2026-09-14T09:00:00Z",
        "big": 12345678901234567890,
    },
    {"id": 5, "name": None, "number": "7", "list": [], "nested": [], "big": 1.0},
    {},
]
# Which of them jq reads, Ocean serializes, or neither.
ODD_OBJECTS: list[dict[Any, Any]] = [
    {"id": "\ud800", "name": "\ud83d\ude00 \x00", "\udfff": 1},
    {"id": NOW, "name": {"at": [NOW.date()]}},
    {"id": "a", 5: NOW, None: 1, True: 2, 1.5: 3},
    {"id": "a", "name": {1, 2}},
    {"id": "a", ("no", "key"): 1},
    {"id": b"bytes", "name": NOW},
    {"id": float("nan"), "name": float("inf"), "number": float("-inf")},
    {"id": 1e308 * 10, "name": 10**400, "number": 0.1, "big": -(10**30)},
    {"name": 1, "id": "later", "a": {}, "": 1, "a.b": 2},
]
SEARCH = {
    "combinator": '"and"',
    "rules": [
        {"property": '"name"', "operator": '"="', "value": ".name"},
        {"property": "'x'", "operator": ".[", "value": "empty"},
        {
            "combinator": "'or'",
            "rules": [{"property": '"a"', "operator": '"="', "value": ".id | error"}, {}],
        },
    ],
}
# The last five are none that Ocean's models let through; Ocean has an answer all the same.
TREES: list[dict[str, Any]] = [
    {"identifier": SEARCH, "blueprint": '"b"', "properties": {"a": ".id"}},
    {"identifier": ".id", "blueprint": "empty", "team": SEARCH, "relations": {"many": SEARCH}},
    {"identifier": ".id", "title": None, "icon": None, "blueprint": "'b'"},
    {"identifier": ".id", "blueprint": '"b"'},
    {"identifier": ".[", "blueprint": '"b"'},
    {"identifier": ".id", "properties": {}, "relations": {}},
    {},
    {"identifier": ".id", "properties": {"a": {"b": {"c": ".name", "d": [], "e": {}}}}},
    {"identifier": ".id", "team": [".name", ".id"]},
    {"identifier": ".id", "team": [{"a": ".name"}, [{"a": ".id"}], {"b": "empty"}]},
    {"identifier": 5, "title": True, "icon": 1.5, "properties": {"a": None, "b": ["x"]}},
    {"properties": {"a.b": "empty", "a": {"b": ".id"}}, "identifier": {"a": ".id"}},
]
SELECTORS = ["true", " true ", "false", ".id == 5", "null", "empty", "error", "true, false"]
THEIRS = OceansOwn(None)  # type: ignore[arg-type]


async def same(mapper: Mapper, *arguments: Any, **options: Any) -> Any:
    """Compare both ways; return what they give."""
    expected = await results(THEIRS, *arguments, **options)
    assert await results(ours(mapper), *arguments, **options) == expected
    return expected


@pytest.mark.parametrize("may_read_environment", [True, False])
@pytest.mark.parametrize("expression", EXPRESSIONS)
async def test_of_one_expression(
    mapper: Mapper, ocean_settings: SimpleNamespace, expression: str, *, may_read_environment: bool
) -> None:
    ocean_settings.allow_environment_variables_jq_access = may_read_environment
    mapping = {"identifier": ".id", "properties": {"odd": expression, "next": ".name"}}

    await same(mapper, mapping, OBJECTS)


@pytest.mark.parametrize(
    "expression", ["repeat(1)", "1, last(repeat(1))", ".id, (repeat(1) | error)"]
)
async def test_of_one_that_is_never_done(mapper: Mapper, expression: str) -> None:
    mapping = {"identifier": expression, "title": ".name"}

    entities, _ = await same(mapper, mapping, OBJECTS)

    assert len(entities) == len(OBJECTS)


async def test_of_all_expressions_together(mapper: Mapper) -> None:
    mapping = {"identifier": ".id", "properties": {one: one for one in EXPRESSIONS}}

    entities, _ = await same(mapper, mapping, OBJECTS)

    assert len(entities) == len(OBJECTS)


@pytest.mark.parametrize("expression", EXPRESSIONS)
async def test_of_a_selector(mapper: Mapper, expression: str) -> None:
    await same(mapper, {"identifier": ".id"}, OBJECTS, expression)
    await same(mapper, {"identifier": ".id", "properties": {}}, OBJECTS, expression)


@pytest.mark.parametrize("parse_all", [True, False])
@pytest.mark.parametrize("selector", SELECTORS)
@pytest.mark.parametrize("mapping", TREES)
async def test_of_any_form(
    mapper: Mapper, mapping: dict[str, Any], selector: str, *, parse_all: bool
) -> None:
    await same(mapper, mapping, OBJECTS + ODD_OBJECTS, selector, parse_all=parse_all)


@pytest.mark.parametrize("kind", ObjectKind)
@pytest.mark.parametrize("shipped", [True, False], ids=["shipped", "public"])
async def test_of_the_mappings_that_users_have(
    mapper: Mapper, kind: ObjectKind, *, shipped: bool
) -> None:
    config = mapping_config() if shipped else PUBLIC
    [block] = [one for one in config["resources"] if one["kind"] == kind]

    entities, errors = await same(
        mapper,
        block["port"]["entity"]["mappings"],
        list(each_field_odd(kind)),
        block["selector"]["query"],
    )

    assert entities
    assert not errors


@pytest.mark.parametrize("selector", ["true", '.id | type == "string"', ".id | error"])
async def test_of_whole_batches(mapper: Mapper, selector: str) -> None:
    resource = ResourceConfig.parse_obj(
        {
            "kind": "any",
            "selector": {"query": selector},
            "port": {
                "entity": {
                    "mappings": {
                        "identifier": ".id",
                        "blueprint": '"b"',
                        "title": ".name",
                        "icon": ".number",
                        "team": ".list",
                        "properties": {"name": ".name", "wrong": ".id.id", "none": "empty"},
                        "relations": {"to": ".list", "missing": ".missing"},
                    }
                }
            },
        }
    )
    objects = OBJECTS + ODD_OBJECTS

    expected = await mapped_batch(THEIRS, resource, objects)

    assert await mapped_batch(ours(mapper), resource, objects) == expected
    assert expected[0] or expected[2]


@settings(max_examples=50)
@given(data=st.data(), kind=st.sampled_from(ObjectKind))
async def test_of_objects_however_odd(
    mapper: Mapper, data: st.DataObject, kind: ObjectKind
) -> None:
    [block] = [one for one in mapping_config()["resources"] if one["kind"] == kind]
    objects = data.draw(st.lists(all_fields_odd(kind), min_size=1, max_size=8))

    await same(mapper, block["port"]["entity"]["mappings"], objects, block["selector"]["query"])


# What an expression is made of: most of what comes of it is none.
PIECES = st.sampled_from(EXPRESSIONS) | st.sampled_from(
    [*"()[]{}\"'#|,.;:$\\\n ", "\\(", "and", "if", "then", "else", "end", "def f:", "as $x", "try"]
)
COMPOSED = st.lists(PIECES, min_size=1, max_size=6).flatmap(
    lambda pieces: st.sampled_from(["", " ", " | ", ", "]).map(lambda between: between.join(pieces))
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["id", "name", "number", "list", "nested", "big", "a"])


@settings(max_examples=200)
@given(
    expressions=st.lists(COMPOSED, min_size=1, max_size=5),
    selector=st.just("true") | COMPOSED,
    objects=st.lists(st.dictionaries(NAMES, JSON), min_size=1, max_size=3),
    parse_all=st.booleans(),
)
async def test_of_expressions_that_nobody_would_write(
    mapper: Mapper,
    expressions: list[str],
    selector: str,
    objects: list[dict[str, Any]],
    *,
    parse_all: bool,
) -> None:
    properties = {str(place): expression for place, expression in enumerate(expressions)}

    await same(
        mapper,
        {"identifier": ".id", "properties": properties},
        objects,
        selector,
        parse_all=parse_all,
    )


@pytest.mark.parametrize("expression", EXPRESSIONS)
async def test_of_items_to_parse(mapper: Mapper, expression: str) -> None:
    for raw in OBJECTS + ODD_OBJECTS:
        expected = await THEIRS._search(raw, expression)
        found = await ours(mapper)._search(raw, expression)

        assert repr(found) == repr(expected)


def test_programs_are_compiled_with_what_ocean_compiles(ocean_settings: SimpleNamespace) -> None:
    for is_free in (True, False):
        ocean_settings.allow_environment_variables_jq_access = is_free
        for expression in (".a", "'a'", "'a' + \"b\""):
            OceansOwn._compile.cache_clear()
            compiled = THEIRS._compile(expression).program_string
            text = program_text(expression, [])

            assert text.preamble + text.selector == compiled
