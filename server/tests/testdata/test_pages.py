"""Generated pages are believable and repeatable; copied pages are what they were."""

import json
from pathlib import Path
from typing import Any

import pytest

from statuspage_server.errors import ServerError
from statuspage_server.testdata.export import joined, read_export
from statuspage_server.testdata.fill import Filled, fill_page
from statuspage_server.testdata.generate import Size, generate_page
from statuspage_server.testdata.rows import PageRows, write_new_page
from tests.manage import Manage
from tests.running import START


async def generated(manage: Manage, size: Size, seed: int = 1) -> Manage:
    rows = generate_page("Made up", size, START, seed)
    await manage.server.runtime.database.write(lambda c: write_new_page(c, rows))
    return Manage(manage.server, manage.key, rows.page["id"])


class TestGenerating:
    def test_the_same_seed_makes_the_same_page(self) -> None:
        def make(seed: int) -> list[PageRows]:
            return list(generate_page("x", Size(), START, seed).parts)

        assert make(1) == make(1)
        assert make(1) != make(2)

    @pytest.mark.parametrize("size", [Size(0, 0, 5, 30), Size(3, 0, 0, 2), Size(1100, 200, 3, 30)])
    async def test_any_size(self, manage: Manage, size: Size) -> None:
        page = await generated(manage, size)
        total = len(await page.get("components", page=12)) + 1100
        assert total >= size.components
        assert len(await page.get("incidents")) == size.incidents

    async def test_its_history_is_believable(self, manage: Manage) -> None:
        page = await generated(manage, Size(20, 4, 60, 200))
        incidents = await page.get("incidents")
        assert len(incidents) == 60
        for incident in incidents:
            assert incident["created_at"] <= incident["resolved_at"]
            moments = [update["created_at"] for update in incident["incident_updates"]]
            assert moments == sorted(moments, reverse=True)
            assert incident["status"] == incident["incident_updates"][0]["status"]
            assert incident["components"]
        assert {incident["impact"] for incident in incidents} >= {"minor", "maintenance"}
        leaf = next(row for row in await page.get("components") if not row["group"])
        uptime = await page.get(f"components/{leaf['id']}/uptime")
        assert 50 < uptime["uptime_percentage"] <= 100

    async def test_it_holds_what_real_pages_hold(self, manage: Manage) -> None:
        page = await generated(manage, Size(20, 4, 100, 200))
        updates = [u for i in await page.get("incidents") for u in i["incident_updates"]]
        tweets = {update["tweet_id"] for update in updates} - {None}
        assert tweets
        assert all(isinstance(tweet, int) and tweet > 2**53 for tweet in tweets)
        components = {type(update["affected_components"]) for update in updates}
        assert components == {list, type(None)}
        descriptions = {row["description"] for row in await page.get("components")}
        assert {None, ""} < descriptions
        published = await public(manage, page.page_id, "incidents")
        shown = [u["tweet_id"] for i in published["incidents"] for u in i["incident_updates"]]
        assert tweets >= set(shown) - {None} > set()

    def test_no_part_of_a_large_one_is_large(self) -> None:
        parts = [
            len(part.incidents) for part in generate_page("x", Size(5, 1, 2500, 90), START, 1).parts
        ]
        assert parts == [0, 1000, 1000, 500]

    async def test_components_and_the_page_are_as_new_as_their_last_incident(
        self, manage: Manage
    ) -> None:
        page = await generated(manage, Size(3, 1, 10, 90))
        incidents = await page.get("incidents")
        newest = max(incident["resolved_at"] for incident in incidents)
        assert (await page.get(f"/pages/{page.page_id}"))["updated_at"] == newest
        updated = [row["updated_at"] for row in await page.get("components")]
        assert max(updated) == newest

    async def test_it_is_made_once(self, manage: Manage) -> None:
        await generated(manage, Size(1, 0, 0, 2))
        with pytest.raises(ServerError, match="choose another --seed"):
            await generated(manage, Size(1, 0, 0, 2))


async def fill(manage: Manage, folder: Path, *documents: Any, into: str | None = None) -> Filled:
    paths = []
    for number, document in enumerate(documents):
        paths.append(folder / f"{number}.json")
        paths[-1].write_text(json.dumps(document), encoding="utf-8")
    export = joined([read_export(path) for path in paths])
    now = manage.server.clock()
    return await manage.server.runtime.database.write(lambda c: fill_page(c, export, into, now))


async def public(manage: Manage, page_id: str, name: str) -> Any:
    return (await manage.server.client.get(f"/pages/{page_id}/api/v2/{name}.json")).json()


class TestFilling:
    async def test_a_summary_comes_back_as_it_was(self, manage: Manage, tmp_path: Path) -> None:
        one = await manage.component("One")
        group = {"component_group": {"name": "Group", "components": [one]}}
        await manage.post("component-groups", group)
        await manage.incident("Open", components={one: "partial_outage"}, body="Looking.")
        summary = await public(manage, manage.page_id, "summary")
        filled = await fill(manage, tmp_path, summary)
        assert filled.page_id == manage.page_id
        assert await public(manage, manage.page_id, "summary") == summary

    @pytest.mark.parametrize("tweet_id", [None, 1466148436093984770, "1466148436093984770"])
    async def test_numbers_stay_numbers_and_text_stays_text(
        self, manage: Manage, tmp_path: Path, tweet_id: int | str | None
    ) -> None:
        made = await manage.incident(body="Looking.")
        made["incident_updates"][0]["tweet_id"] = tweet_id
        await fill(manage, tmp_path, [made], into=manage.page_id)
        (incident,) = await manage.get("incidents")
        assert [update["tweet_id"] for update in incident["incident_updates"]] == [tweet_id]

    async def test_the_manage_apis_answers(self, manage: Manage, tmp_path: Path) -> None:
        source = await generated(manage, Size(10, 2, 20, 90))
        documents = [
            await source.get(f"/pages/{source.page_id}"),
            await source.get("components"),
            await source.get("component-groups"),
            await source.get("incidents"),
        ]
        page = {**documents[0], "id": "thecopy12345"}
        filled = await fill(manage, tmp_path, page, *documents[1:])
        assert (filled.page_id, filled.components, filled.incidents) == ("thecopy12345", 12, 20)
        copy = Manage(manage.server, manage.key, filled.page_id)
        # The ids are the first page's, so the copy has its own.
        names = [row["name"] for row in await copy.get("components")]
        assert sorted(names) == sorted(row["name"] for row in documents[1])
        groups = {row["name"]: len(row["components"]) for row in await copy.get("component-groups")}
        assert groups == {row["name"]: len(row["components"]) for row in documents[2]}
        theirs = [(i["name"], i["status"], i["impact"]) for i in documents[3]]
        assert [
            (i["name"], i["status"], i["impact"]) for i in await copy.get("incidents")
        ] == theirs

    @pytest.mark.parametrize(
        ("given", "kept"),
        [("soon", None), ("2026-02-30", None), (20260101, None), ("", None), (None, None),
         ("2026-01-02T03:04:05Z", "2026-01-02")],
    )  # fmt: skip
    async def test_a_start_date_is_a_date_or_nothing(
        self, manage: Manage, tmp_path: Path, given: object, kept: str | None
    ) -> None:
        row = {"id": "a", "name": "One", "status": "operational", "showcase": True}
        filled = await fill(manage, tmp_path, [{**row, "start_date": given}])
        page = Manage(manage.server, manage.key, filled.page_id)
        (made,) = await page.get("components")
        assert made["start_date"] == kept
        assert (await page.get(f"components/{made['id']}/uptime"))["uptime_percentage"] == 100

    async def test_filling_twice_changes_nothing(self, manage: Manage, tmp_path: Path) -> None:
        source = await generated(manage, Size(5, 1, 5, 30))
        before = await public(manage, source.page_id, "incidents")
        document = {**before, **await public(manage, source.page_id, "components")}
        for _ in range(2):
            await fill(manage, tmp_path, document)
        after = await public(manage, source.page_id, "incidents")
        assert after["incidents"] == before["incidents"]

    async def test_the_files_own_items_are_not_doubled(
        self, manage: Manage, tmp_path: Path
    ) -> None:
        config = "statuspage: {token: t, groups: {A: [{name: a, id: a}, {name: a, id: b}]}}"
        await manage.server.configure(config)
        await manage.server.beat("a", "t")
        before = await public(manage, manage.page_id, "summary")
        for into in (None, manage.page_id):
            await fill(manage, tmp_path, before, into=into)
            await manage.server.restart(after=1)
            after = await public(manage, manage.page_id, "summary")
            assert [row["id"] for row in after["components"]] == [
                row["id"] for row in before["components"]
            ]
        assert (await manage.server.beat("a", "t")).json() == {"refreshed": 1}

    async def test_nor_is_another_page_that_is_filled_in_twice(
        self, manage: Manage, tmp_path: Path
    ) -> None:
        source = await generated(manage, Size(20, 3, 30, 90))
        documents = [await source.get(name) for name in ("components", "incidents")]
        for _ in range(2):
            await fill(manage, tmp_path, *documents, into=manage.page_id)
        assert len(await manage.get("components")) == len(documents[0])
        assert len(await manage.get("incidents")) == len(documents[1])

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("{", "is not valid JSON"),
            ('{"incidents": [{"id": "x"}]}', "does not look like an export: incidents.0"),
            (
                '{"incidents": [{"id": "x", "name": "n", "status": "s", "created_at": "?"}]}',
                "export",
            ),
        ],
    )
    def test_what_is_no_export(self, content: str, words: str, tmp_path: Path) -> None:
        path = tmp_path / "export.json"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ServerError, match=words):
            read_export(path)

    async def test_a_page_that_is_not_there(self, manage: Manage, tmp_path: Path) -> None:
        with pytest.raises(ServerError, match="There is no page"):
            await fill(manage, tmp_path, {"page": {"id": "x", "name": "y"}}, into="nowhere")

    @pytest.mark.parametrize("documents", [({},), ([],), ({}, {"incidents": []}), ({"a": 1},)])
    async def test_nothing_makes_no_page(
        self, manage: Manage, tmp_path: Path, documents: tuple[Any, ...]
    ) -> None:
        with pytest.raises(ServerError, match="nothing to fill"):
            await fill(manage, tmp_path, *documents)
        assert len(await manage.get("/pages")) == 1
