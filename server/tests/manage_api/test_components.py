"""Pages, components and groups through the manage API."""

import pytest

from tests.manage import Manage

COMPONENT_KEYS = [
    "id", "page_id", "group_id", "created_at", "updated_at", "group", "name", "description",
    "position", "status", "showcase", "only_show_if_degraded", "automation_email", "start_date",
]  # fmt: skip
GROUP_KEYS = [
    "id", "page_id", "name", "description", "components", "position", "created_at", "updated_at",
]  # fmt: skip


class TestPages:
    async def test_the_list_is_bare_and_not_paged(self, manage: Manage) -> None:
        (page,) = await manage.get("/pages", page=7, per_page=1)
        assert page["id"] == manage.page_id
        assert page["name"] == "Test page"
        assert len(page) == 45
        assert page["created_at"] == "2026-03-04T05:06:07Z"

    async def test_patching(self, manage: Manage) -> None:
        body = {"page": {"name": "New <name>", "allow_sms_subscribers": False, "unknown": 1}}
        page = await manage.patch(f"/pages/{manage.page_id}", body)
        assert (page["name"], page["allow_sms_subscribers"]) == ("New <name>", False)
        assert "unknown" not in page
        assert page == await manage.get(f"/pages/{manage.page_id}")

    async def test_another_page_is_not_found(self, manage: Manage) -> None:
        for path in ("/pages/nowhere", "/pages/nowhere/components", "/pages/nowhere/incidents"):
            assert await manage.get(path, 404) == {"error": "Not found"}


class TestComponents:
    async def test_defaults_and_keys(self, manage: Manage) -> None:
        made = await manage.post("components", {"component": {"name": "API"}})
        assert list(made) == COMPONENT_KEYS
        assert (made["status"], made["group"], made["showcase"]) == ("operational", False, True)
        assert made["start_date"] == "2026-03-04"
        assert made["updated_at"] == "2026-03-04T05:06:07Z"
        assert await manage.get(f"components/{made['id']}") == made

    async def test_patching_says_only_what_changes(self, manage: Manage) -> None:
        id_ = await manage.component("API", description="Ours")
        manage.server.clock.move(5)
        changed = await manage.patch(f"components/{id_}", {"component": {"status": "major_outage"}})
        assert (changed["status"], changed["description"]) == ("major_outage", "Ours")
        assert changed["updated_at"] == "2026-03-04T05:06:12Z"

    async def test_deleting_answers_204_and_then_404(self, manage: Manage) -> None:
        id_ = await manage.component("API")
        assert await manage.delete(f"components/{id_}", 204) is None
        await manage.get(f"components/{id_}", 404)
        await manage.delete(f"components/{id_}", 404)

    async def test_pages_of_at_most_a_hundred_counted_from_one(self, manage: Manage) -> None:
        for number in range(103):
            await manage.component(f"Component {number}")
        assert len(await manage.get("components")) == 100
        assert len(await manage.get("components", per_page=500)) == 100
        first = await manage.get("components", page=1, per_page=100)
        second = await manage.get("components", page=2, per_page=100)
        assert [c["name"] for c in second] == [f"Component {n}" for n in (100, 101, 102)]
        assert await manage.get("components", page=0) == first
        assert await manage.get("components", page=3) == []
        assert await manage.get("components", page=10**30, per_page=-5) == []

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({}, "Name can't be blank"),
            ({"name": " "}, "Name can't be blank"),
            ({"name": "x" * 256}, "name"),
            ({"name": "x", "status": "broken"}, "status"),
            ({"name": "x", "group_id": "nowhere"}, "Group is not on this page"),
            ({"name": "x", "start_date": "soon"}, "start_date"),
            ({"name": ["x"]}, "name"),
        ],
    )
    async def test_what_does_not_fit_is_422_with_a_sentence(
        self, manage: Manage, fields: dict[str, object], words: str
    ) -> None:
        answer = await manage.post("components", {"component": fields}, 422)
        assert any(words in sentence for sentence in answer["error"])

    async def test_markup_and_quotes_come_back_as_they_went(self, manage: Manage) -> None:
        name = '<b>"quoted"</b> & \'\u202e \U0001f6a8'
        id_ = await manage.component(name)
        assert (await manage.get(f"components/{id_}"))["name"] == name


class TestGroups:
    async def test_creating_one_needs_a_component(self, manage: Manage) -> None:
        body = {"component_group": {"name": "Backend", "components": []}}
        await manage.post("component-groups", body, 422)

    async def test_a_group_is_a_row_among_components_with_its_members_status(
        self, manage: Manage
    ) -> None:
        one, two = await manage.component("One"), await manage.component("Two")
        body = {
            "description": "All of it",
            "component_group": {"name": "Backend", "components": [one, two]},
        }
        group = await manage.post("component-groups", body)
        assert list(group) == GROUP_KEYS
        assert (group["components"], group["description"]) == ([one, two], "All of it")
        await manage.patch(f"components/{two}", {"component": {"status": "partial_outage"}})
        rows = {row["id"]: row for row in await manage.get("components")}
        assert rows[group["id"]]["group"] is True
        assert rows[group["id"]]["status"] == "partial_outage"
        assert rows[one]["group_id"] == group["id"]
        assert await manage.status_of(group["id"]) == "partial_outage"
        assert await manage.get("component-groups") == [
            await manage.get(f"component-groups/{group['id']}")
        ]

    async def test_membership_from_either_side(self, manage: Manage) -> None:
        one, two = await manage.component("One"), await manage.component("Two")
        body = {"component_group": {"name": "Backend", "components": [one]}}
        group = (await manage.post("component-groups", body))["id"]
        await manage.patch(f"components/{two}", {"component": {"group_id": group}})
        assert (await manage.get(f"component-groups/{group}"))["components"] == [one, two]
        await manage.patch(f"components/{one}", {"component": {"group_id": "null"}})
        assert (await manage.get(f"component-groups/{group}"))["components"] == [two]
        body = {"component_group": {"components": [one]}}
        assert (await manage.patch(f"component-groups/{group}", body))["components"] == [one]

    async def test_deleting_answers_the_group_and_keeps_its_components(
        self, manage: Manage
    ) -> None:
        one = await manage.component("One")
        body = {"component_group": {"name": "Backend", "components": [one]}}
        group = await manage.post("component-groups", body)
        assert await manage.delete(f"component-groups/{group['id']}") == group
        assert (await manage.get(f"components/{one}"))["group_id"] is None
        await manage.get(f"component-groups/{group['id']}", 404)

    async def test_a_group_is_not_changed_as_a_component_nor_the_other_way(
        self, manage: Manage
    ) -> None:
        one = await manage.component("One")
        body = {"component_group": {"name": "Backend", "components": [one]}}
        group = (await manage.post("component-groups", body))["id"]
        await manage.patch(f"components/{group}", {"component": {"name": "x"}}, 404)
        await manage.get(f"component-groups/{one}", 404)
