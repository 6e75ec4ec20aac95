"""What can stand in brackets beside others, and what cannot."""

import pytest

from mapping.joining import can_be_joined, is_safe
from mapping.program import Program, ProgramText
from tests.port_resources.shipped import mapping_config

from .public_mapping import PUBLIC


@pytest.mark.parametrize(
    "expression",
    [
        *(
            ".a",
            "def f: 1; f",
            "1, 2",
            '"("',
            '"\\")"',
            '"\\(")")"',
            '"\\("\\(1)")"',
            '"#"',
            "{a: [1]}",
        ),
        *("reduce .[] as $x (0; . + 1)", "if .a then 1 else 2 end", '"\\\\"', "'a'"),
    ],
)
def test_what_closes_all_that_it_opens_is_joined(expression: str) -> None:
    assert can_be_joined(expression)


@pytest.mark.parametrize(
    "expression",
    [
        *(")", "(", "1) | (2", "[", "}", "(]", '"', '"\\(', '"\\(1"', "]["),
        *("# a", "1 # \\", "1\x00", "$__loc__", "break $__first_of_expression"),
    ],
)
def test_what_reaches_out_of_brackets_stays_alone(expression: str) -> None:
    assert not can_be_joined(expression)


@pytest.mark.parametrize("expression", [".name", " .a_1 ", ".", '"text"', "null", "true"])
def test_a_plain_key_needs_no_guard(expression: str) -> None:
    assert is_safe(expression)


@pytest.mark.parametrize(
    "expression", [".a.b", ".[0]", '."a"', '"\\(error)"', "error", ".a?", "empty", ".1", "..", ""]
)
def test_what_may_fail_or_give_nothing_is_guarded(expression: str) -> None:
    assert not is_safe(expression)


@pytest.mark.parametrize(
    "block",
    [*mapping_config()["resources"], *PUBLIC["resources"]],
    ids=lambda block: block["kind"],
)
def test_nothing_of_the_mappings_that_users_have_runs_alone(block: dict[str, object]) -> None:
    mappings = block["port"]["entity"]["mappings"]  # type: ignore[index]
    expressions = [*mappings["properties"].values(), *mappings.get("relations", {}).values()]
    program = Program(ProgramText("", "true", tuple(expressions)))

    assert program.joined_places == list(range(len(expressions)))


def test_one_that_is_not_understood_leaves_the_others_joined() -> None:
    program = Program(ProgramText("", "true", (".a", ".[", "1 end", "f", ".b | error")))

    assert program.joined_places == [0, 4]
    assert program.invalid == [1, 2, 3]
