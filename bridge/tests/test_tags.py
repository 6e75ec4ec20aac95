"""Which components tags and texts name."""

from typing import Any

import pytest

from statuspage_bridge.core.tags import named_in, tagged


@pytest.mark.parametrize(
    ("tags", "named"),
    [
        ("env:prod,component:hc9qf30zv16c, team:x", ["hc9qf30zv16c"]),
        (["component_hc9qf30zv16c", "http"], ["hc9qf30zv16c"]),
        ("Component: Label printing", ["Label printing"]),
        (["component:Shop / API", "component:Cart"], ["Shop / API", "Cart"]),
        (["component:a-b-c"], ["a-b-c"]),
        (["a,component:x", ["component:y"]], ["x", "y"]),
        (["component:x", "component:x"], ["x"]),
    ],
)
def test_c2_6_a_tag_names_a_component_by_its_id_or_name(tags: Any, named: list[str]) -> None:
    assert list(tagged(tags)) == named


@pytest.mark.parametrize(
    "tags",
    [
        None,
        "",
        [],
        {},
        7,
        [None, 7],
        "subcomponent:x",
        "kube_component:x",
        "component",
        "component:",
    ],
)
def test_w2_c_nothing_else_names_a_component(tags: Any) -> None:
    assert tagged(tags) == {}


def test_a_tag_of_opsgenie_gives_a_status_too() -> None:
    tags = ["cmp_Label printing:major_outage", "cmp_x:terrible", "inc:monitoring"]

    assert tagged(tags) == {"Label printing": "major_outage"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hello,\r\nComponent: Label printing\r\nBye", ["Label printing"]),
        ("see component:hc9qf30zv16c and component_x1.", ["hc9qf30zv16c", "x1"]),
        ("the subcomponent:x of kube_component:y", []),
        (None, []),
    ],
)
def test_c2_6_a_mail_names_components_in_its_text(text: Any, named: list[str]) -> None:
    assert list(named_in(text)) == named
