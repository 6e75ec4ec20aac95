"""Names instead of ids, and what an error says of a name that does not do."""

from typing import Any

import pytest

from statuspage import (
    AmbiguousName,
    StatuspageClient,
    UnknownName,
    UnusableName,
    component_labels,
    find_components,
    find_page,
    match_component,
    match_page,
)
from tests.fake_statuspage import FakeStatuspage, ok

PAGES: list[dict[str, Any]] = [
    {"id": "p1aaaaaaaaaa", "name": "Acme Cloud", "subdomain": "acme", "domain": "status.acme.com"},
    {"id": "p2aaaaaaaaaa", "name": "Acme Labs", "subdomain": "labs", "domain": None},
    {"id": "p3aaaaaaaaaa"},
]
SHOP, OFFICE = "g1aaaaaaaaaa", "g2aaaaaaaaaa"
ROWS: list[dict[str, Any]] = [
    {"id": SHOP, "name": "Shop", "group": True, "group_id": None},
    {"id": OFFICE, "name": "Office", "group": True},
    {"id": "c1aaaaaaaaaa", "name": "API", "group": False, "group_id": None},
    {"id": "c2aaaaaaaaaa", "name": "Search", "group": False, "group_id": SHOP},
    {"id": "c3aaaaaaaaaa", "name": "Search", "group_id": OFFICE},
    {"id": "c4aaaaaaaaaa", "name": "Mail", "group": False, "group_id": OFFICE},
    {"id": "c5aaaaaaaaaa", "name": "Mail", "group": None, "group_id": OFFICE},
    {"id": "c6aaaaaaaaaa", "name": "TCP/IP", "group": False, "group_id": "gone00000000"},
    {"id": "c7aaaaaaaaaa", "name": 404, "group": False},
    {"id": "c8aaaaaaaaaa", "name": None, "group": False},
]
COMPONENTS = "/v1/pages/p1aaaaaaaaaa/components"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("p1aaaaaaaaaa", 0),
        ("Acme Cloud", 0),
        ("acme cloud ", 0),
        ("acme", 0),
        ("status.acme.com", 0),
        ("LABS", 1),
    ],
)
def test_a_page_is_known_by_its_id_name_subdomain_or_domain(wanted: str, found: int) -> None:
    assert match_page(PAGES, wanted) is PAGES[found]


def test_the_only_page_needs_no_name() -> None:
    assert match_page(PAGES[:1], None) is PAGES[0]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("c1aaaaaaaaaa", "c1aaaaaaaaaa"),
        ("API", "c1aaaaaaaaaa"),
        ("api", "c1aaaaaaaaaa"),
        ("Shop / Search", "c2aaaaaaaaaa"),
        ("shop/search", "c2aaaaaaaaaa"),
        ("Office /  Search", "c3aaaaaaaaaa"),
        ("c5aaaaaaaaaa", "c5aaaaaaaaaa"),
        ("TCP / IP", "c6aaaaaaaaaa"),
        ("404", "c7aaaaaaaaaa"),
    ],
)
def test_a_component_is_known_by_its_id_its_name_or_that_and_its_group(
    wanted: str, found: str
) -> None:
    assert match_component(ROWS, wanted)["id"] == found


def test_a_component_that_is_called_like_a_group_is_the_one_that_is_meant() -> None:
    rows = [*ROWS, {"id": "c9aaaaaaaaaa", "name": "Shop", "group_id": SHOP}]

    assert match_component(rows, "Shop")["id"] == "c9aaaaaaaaaa"


def test_how_a_name_is_written_decides_between_two_that_differ_in_case() -> None:
    rows = [{"id": "a", "name": "Mail"}, {"id": "b", "name": "MAIL"}]

    assert match_component(rows, "MAIL")["id"] == "b"
    with pytest.raises(AmbiguousName):
        match_component(rows, "mail")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("Serch", "No component is called 'Serch'. Perhaps: 'Shop / Search', 'Office / Search'."),
        (
            "Search",
            (
                "There are 2 components called 'Search'. Name one of them: "
                "'Shop / Search', 'Office / Search'."
            ),
        ),
        (
            "Office / Mail",
            (
                "There are 2 components called 'Office / Mail'. Name one of them: "
                "'Office / Mail (c4aaaaaaaaaa)', 'Office / Mail (c5aaaaaaaaaa)'."
            ),
        ),
        (
            "shop",
            (
                "Component 'shop' is a group, whose status follows from its components. "
                "Name one of them: 'Shop / Search'."
            ),
        ),
        (
            OFFICE,
            (
                f"Component '{OFFICE}' is a group, whose status follows from its components. "
                "Name one of them: "
                "'Office / Search', 'Office / Mail (c4aaaaaaaaaa)', 'Office / Mail (c5aaaaaaaaaa)'."
            ),
        ),
    ],
)
def test_an_error_says_which_names_would_do(wanted: str, said: str) -> None:
    with pytest.raises(UnusableName) as caught:
        match_component(ROWS, wanted)

    assert str(caught.value) == said
    assert caught.value.wanted == wanted
    assert caught.value.kind == "component"


@pytest.mark.parametrize(
    ("pages", "wanted", "kind", "said"),
    [
        ([], None, UnknownName, "The API key sees no page."),
        (
            PAGES[:2],
            None,
            AmbiguousName,
            "There are 2 pages to choose from. Name one of them: 'Acme Cloud', 'Acme Labs'.",
        ),
        (
            PAGES[:2],
            "zzz",
            UnknownName,
            "No page is called 'zzz'. Perhaps: 'Acme Cloud', 'Acme Labs'.",
        ),
    ],
)
def test_an_error_says_which_pages_there_are(
    pages: list[Any], wanted: str | None, kind: type[UnusableName], said: str
) -> None:
    with pytest.raises(kind) as caught:
        match_page(pages, wanted)

    assert str(caught.value) == said


def test_of_many_names_only_those_nearby_are_listed() -> None:
    rows = [{"id": f"c{number}", "name": f"Region {number}"} for number in range(400)]

    with pytest.raises(UnknownName) as nothing_near:
        match_component(rows, "Payments")
    with pytest.raises(UnknownName) as some_near:
        match_component(rows, "Regin 399")

    assert nothing_near.value.near == ()
    assert "Region 399" in some_near.value.near
    assert len(some_near.value.near) <= 5


def test_the_label_of_a_component_finds_it_again_unless_it_carries_the_id() -> None:
    labels = component_labels(ROWS)

    for component_id, label in labels.items():
        if label and component_id not in label:
            assert match_component(ROWS, label)["id"] == component_id


async def test_ids_cost_no_request(fake: FakeStatuspage, client: StatuspageClient) -> None:
    assert await find_page(client, "p1aaaaaaaaaa") == "p1aaaaaaaaaa"
    assert await find_components(client, "p1aaaaaaaaaa", ["c1aaaaaaaaaa"]) == {
        "c1aaaaaaaaaa": "c1aaaaaaaaaa"
    }
    assert fake.requests == []


@pytest.mark.parametrize(
    "wanted", ["elasticsearch", "conancenters", "123456789012", "Api000000000"]
)
async def test_a_name_that_resembles_an_id_is_looked_up(
    fake: FakeStatuspage, client: StatuspageClient, wanted: str
) -> None:
    fake.lists(COMPONENTS, [{"id": "c1aaaaaaaaaa", "name": wanted}])

    found = await find_components(client, "p1aaaaaaaaaa", [wanted])

    assert found == {wanted: "c1aaaaaaaaaa"}


async def test_all_names_together_cost_one_request(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.lists(COMPONENTS, ROWS)
    names = ["API", "Shop / Search", "c4aaaaaaaaaa", "API"]

    found = await find_components(client, "p1aaaaaaaaaa", names)

    assert list(found.items()) == [
        ("API", "c1aaaaaaaaaa"),
        ("Shop / Search", "c2aaaaaaaaaa"),
        ("c4aaaaaaaaaa", "c4aaaaaaaaaa"),
    ]
    assert len(fake.requests) == 1


async def test_a_page_that_is_named_costs_one_request(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.answers("/v1/pages", ok(PAGES), ok(PAGES[:1]))

    assert await find_page(client, "labs") == "p2aaaaaaaaaa"
    assert await find_page(client) == "p1aaaaaaaaaa"


async def test_templates_are_one_of_the_lists(
    fake: FakeStatuspage, client: StatuspageClient
) -> None:
    fake.lists("/v1/pages/abc/incident_templates", [{"id": "t1"}])

    assert [template async for template in client.templates("abc")] == [{"id": "t1"}]
