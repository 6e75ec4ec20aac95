"""`q` finds incidents by what their texts contain: name, status, updates and postmortem."""

from typing import Any

import pytest

from tests.manage import Manage

NAMES = (
    "100% down",
    "under_score",
    "underXscore",
    'She said "no"',
    "back\\slash / slash",
    "Größe und Maß",
    "\U0001f525 fire",
    "名前が長い",
    "a",
    "OR AND NOT (near)",
)


async def found(manage: Manage, q: str, **query: Any) -> list[str]:
    return [row["name"] for row in await manage.get("incidents", q=q, **query)]


async def test_each_text_is_searched(manage: Manage) -> None:
    made = await manage.incident("The name", body="The first update")
    path = f"incidents/{made['id']}"
    await manage.patch(path, {"incident": {"status": "resolved", "body": "The second update"}})
    await manage.put(f"{path}/postmortem", {"postmortem": {"body_draft": "The reason"}})
    assert await found(manage, "the reason") == []  # a draft is not public yet
    await manage.put(f"{path}/postmortem/publish")
    for words in ("name", "FIRST upd", "second update", "resolved", "reason"):
        assert await found(manage, words) == ["The name"], words


async def test_what_was_changed_is_found_as_it_is_now(manage: Manage) -> None:
    made = await manage.incident("Before", body="Wrong")
    path = f"incidents/{made['id']}"
    await manage.patch(path, {"incident": {"name": "After"}})
    update = made["incident_updates"][0]["id"]
    body = {"incident_update": {"body": "Right"}}
    await manage.patch(f"{path}/incident_updates/{update}", body)
    assert [await found(manage, q) for q in ("before", "wrong")] == [[], []]
    assert [await found(manage, q) for q in ("after", "right")] == [["After"], ["After"]]
    await manage.delete(path)
    assert await found(manage, "after") == []


@pytest.mark.parametrize(
    "q",
    [
        "0% d",
        "_",
        "r_s",
        "%",
        '"',
        'd "no',
        "\\",
        "/",
        "Größe",
        "\U0001f525",
        "名前が",
        "a",
        "OR AND",
    ],
)
async def test_signs_mean_nothing_but_themselves(manage: Manage, q: str) -> None:
    for name in NAMES:
        await manage.incident(name, status="resolved")
    expected = {name for name in NAMES if q.lower() in f"{name}\nresolved".lower()}
    assert set(await found(manage, q)) == expected


async def test_a_long_text_is_found(manage: Manage) -> None:
    long = "".join(chr(ord("a") + (n * n + n // 26) % 26) for n in range(300))
    await manage.incident("Long", body=long)
    assert await found(manage, long[20:275]) == ["Long"]
    assert await found(manage, f"{long[20:274]}!") == []


async def test_the_newest_come_first_page_by_page(manage: Manage) -> None:
    for number in range(7):
        await manage.incident(f"Trouble {number}")
        manage.server.clock.move(1)
    pages = [await found(manage, "trouble", limit=3, page=page) for page in (1, 2, 3, 4)]
    assert pages == [
        ["Trouble 6", "Trouble 5", "Trouble 4"],
        ["Trouble 3", "Trouble 2", "Trouble 1"],
        ["Trouble 0"],
        [],
    ]


async def test_other_pages_are_not_searched(manage: Manage) -> None:
    await manage.server.configure(
        "statuspage: {token: t}\npages: {x: {token: t, id: otherpage123}}\nserver: {rate_limit: 0}"
    )
    await manage.incident("Trouble")
    other = Manage(manage.server, manage.key, "otherpage123")
    await other.incident("Other trouble")
    assert await found(manage, "trouble") == ["Trouble"]
    assert await found(other, "trouble") == ["Other trouble"]
