"""Incidents: created, updated by patching, resolved, listed; components changed through them."""

from typing import Any

import pytest

from tests.manage import Manage

INCIDENT_KEYS = [
    "id", "components", "created_at", "impact", "impact_override", "incident_updates",
    "incident_impacts", "metadata", "monitoring_at", "name", "page_id", "postmortem_body",
    "postmortem_body_last_updated_at", "postmortem_ignored", "postmortem_notified_subscribers",
    "postmortem_notified_twitter", "postmortem_published_at", "resolved_at",
    "scheduled_auto_completed", "scheduled_auto_in_progress", "scheduled_for",
    "auto_transition_deliver_notifications_at_end",
    "auto_transition_deliver_notifications_at_start", "auto_transition_to_maintenance_state",
    "auto_transition_to_operational_state", "scheduled_remind_prior", "scheduled_reminded_at",
    "scheduled_until", "shortlink", "status", "updated_at", "reminder_intervals",
]  # fmt: skip
UPDATE_KEYS = [
    "id", "incident_id", "affected_components", "body", "created_at", "custom_tweet",
    "deliver_notifications", "display_at", "status", "tweet_id", "twitter_updated_at",
    "updated_at", "wants_twitter_update",
]  # fmt: skip
PLANNED = {
    "scheduled_for": "2026-03-05T00:00:00Z",
    "scheduled_until": "2026-03-05T01:00:00Z",
}


class TestCreating:
    async def test_keys_defaults_and_both_kinds_of_timestamps(self, manage: Manage) -> None:
        made = await manage.incident(body="We are looking into it.")
        assert list(made) == INCIDENT_KEYS
        (update,) = made["incident_updates"]
        assert list(update) == UPDATE_KEYS
        assert (made["status"], made["impact"]) == ("investigating", "none")
        assert made["impact_override"] is made["resolved_at"] is made["scheduled_for"] is None
        assert made["created_at"] == "2026-03-04T05:06:07Z"
        assert update["created_at"] == "2026-03-04T05:06:07.089Z"
        assert (update["body"], update["status"]) == ("We are looking into it.", "investigating")
        assert update["deliver_notifications"] is True
        assert update["affected_components"] is None
        assert await manage.get(f"incidents/{made['id']}") == made

    async def test_components_are_changed_through_it(self, manage: Manage) -> None:
        one, two = await manage.component("One"), await manage.component("Two")
        group = {"component_group": {"name": "Backend", "components": [one]}}
        await manage.post("component-groups", group)
        made = await manage.incident(components={one: "major_outage"}, component_ids=[one, two])
        assert await manage.status_of(one) == "major_outage"
        assert await manage.status_of(two) == "operational"
        assert [component["id"] for component in made["components"]] == [one, two]
        assert made["components"][0]["status"] == "major_outage"
        assert made["incident_updates"][0]["affected_components"] == [
            {
                "code": one,
                "name": "Backend - One",
                "old_status": "operational",
                "new_status": "major_outage",
            }
        ]
        assert made["impact"] == "major"

    async def test_ids_alone_attach_and_change_nothing(self, manage: Manage) -> None:
        one = await manage.component("One")
        made = await manage.incident(component_ids=[one])
        assert [component["id"] for component in made["components"]] == [one]
        assert made["incident_updates"][0]["affected_components"] is None
        assert made["impact"] == "none"

    async def test_a_list_of_components_attaches_and_an_empty_one_says_nothing(
        self, manage: Manage
    ) -> None:
        one = await manage.component("One")
        made = await manage.incident(components=[one])
        path = f"incidents/{made['id']}"
        kept = await manage.patch(path, {"incident": {"components": [], "body": "Still."}})
        assert [component["id"] for component in kept["components"]] == [one]
        gone = await manage.patch(path, {"incident": {"component_ids": []}})
        assert gone["components"] == []

    async def test_an_override_wins(self, manage: Manage) -> None:
        made = await manage.incident(impact_override="critical")
        assert (made["impact"], made["impact_override"]) == ("critical", "critical")

    async def test_backfilling(self, manage: Manage) -> None:
        made = await manage.incident(backfilled=True, backfill_date="2025-01-02T03:04:05Z")
        assert (made["status"], made["created_at"]) == ("resolved", "2025-01-02T03:04:05Z")
        assert made["incident_updates"][0]["display_at"] == "2025-01-02T03:04:05.000Z"

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"name": ""}, "Name can't be blank"),
            ({"name": None}, "Name can't be blank"),
            ({"name": "x" * 256}, "name"),
            ({"body": "x" * 25_001}, "body"),
            ({"status": "over"}, "status"),
            ({"status": "completed"}, "scheduled_for"),
            ({"status": "monitoring", **PLANNED}, "Status of a scheduled maintenance"),
            ({"scheduled_until": "2026-03-05T00:00:00Z"}, "not scheduled"),
            ({"scheduled_for": "2026-03-05T00:00:00Z"}, "scheduled_until"),
            ({**PLANNED, "scheduled_until": PLANNED["scheduled_for"]}, "after scheduled_for"),
            ({"scheduled_for": "soon"}, "timestamp"),
            ({"metadata": {"port": "r_1"}}, "metadata"),
            ({"components": {"nowhere": "operational"}}, "nowhere is not on this page"),
            ({"component_ids": ["nowhere"]}, "nowhere is not on this page"),
            ({"component_ids": "one"}, "component_ids"),
            ({"reminder_intervals": "[3, 2]"}, "hours"),
            ({"reminder_intervals": "25"}, "hours"),
            ({"backfilled": True, "component_ids": ["x"]}, "backfilled"),
        ],
    )
    async def test_what_does_not_fit_is_422_and_leaves_nothing(
        self, manage: Manage, fields: dict[str, Any], words: str
    ) -> None:
        answer = await manage.post("incidents", {"incident": {"name": "x", **fields}}, 422)
        assert any(words in sentence for sentence in answer["error"])
        assert await manage.get("incidents") == []

    @pytest.mark.parametrize("intervals", [None, "[1, 5, 7]", "4", "[]"])
    async def test_reminder_intervals(self, manage: Manage, intervals: str | None) -> None:
        made = await manage.incident(reminder_intervals=intervals)
        assert made["reminder_intervals"] == intervals

    async def test_a_form_will_do(self, manage: Manage) -> None:
        one = await manage.component("One")
        answer = await manage.server.client.post(
            f"/v1/pages/{manage.page_id}/incidents.json",
            headers={"Authorization": manage.key},
            data={
                "incident[name]": "Über Form",
                "incident[deliver_notifications]": "false",
                "incident[component_ids][]": [one],
                f"incident[components][{one}]": "partial_outage",
            },
        )
        assert answer.status_code == 201
        made = answer.json()
        assert (made["name"], made["impact"]) == ("Über Form", "minor")
        assert made["incident_updates"][0]["deliver_notifications"] is False


class TestChanging:
    async def test_an_update_is_made_by_patching(self, manage: Manage) -> None:
        one = await manage.component("One")
        made = await manage.incident(components={one: "partial_outage"})
        manage.server.clock.move(60)
        body = {"incident": {"status": "monitoring", "body": "Watching."}}
        changed = await manage.patch(f"incidents/{made['id']}", body)
        newest, oldest = changed["incident_updates"]
        assert (newest["status"], newest["body"]) == ("monitoring", "Watching.")
        assert newest["affected_components"][0]["old_status"] == "partial_outage"
        assert newest["affected_components"][0]["new_status"] == "partial_outage"
        assert oldest == made["incident_updates"][0]
        assert changed["monitoring_at"] == changed["updated_at"] == "2026-03-04T05:07:07Z"

    async def test_resolving_leaves_components_as_they_are_unless_told(
        self, manage: Manage
    ) -> None:
        one = await manage.component("One")
        made = await manage.incident(components={one: "major_outage"})
        path = f"incidents/{made['id']}"
        resolved = await manage.patch(path, {"incident": {"status": "resolved"}})
        assert resolved["resolved_at"] == "2026-03-04T05:06:07Z"
        assert await manage.status_of(one) == "major_outage"
        body = {"incident": {"components": {one: "operational"}}}
        restored = await manage.patch(path, body)
        assert await manage.status_of(one) == "operational"
        assert restored["impact"] == "critical"
        assert len(restored["incident_updates"]) == 2

    async def test_opening_it_again(self, manage: Manage) -> None:
        made = await manage.incident(status="resolved")
        body = {"incident": {"status": "investigating", "body": "It is back."}}
        assert (await manage.put(f"incidents/{made['id']}", body))["resolved_at"] is None

    async def test_a_name_alone_makes_no_update(self, manage: Manage) -> None:
        made = await manage.incident()
        body = {"incident": {"name": "Another name", "metadata": {"port": {"runId": "r_1"}}}}
        changed = await manage.patch(f"incidents/{made['id']}", body)
        assert len(changed["incident_updates"]) == 1
        assert changed["metadata"] == {"port": {"runId": "r_1"}}

    async def test_updates_keep_their_order_within_a_millisecond(self, manage: Manage) -> None:
        made = await manage.incident(body="0")
        for number in range(1, 6):
            body = {"incident": {"body": str(number)}}
            made = await manage.patch(f"incidents/{made['id']}", body)
        assert [update["body"] for update in made["incident_updates"]] == list("543210")

    async def test_an_update_is_edited(self, manage: Manage) -> None:
        made = await manage.incident(body="tpyo")
        update = made["incident_updates"][0]["id"]
        path = f"incidents/{made['id']}/incident_updates/{update}"
        body = {"incident_update": {"body": "typo", "display_at": "2026-03-04T05:00:00Z"}}
        changed = await manage.patch(path, body)
        assert (changed["body"], changed["display_at"]) == ("typo", "2026-03-04T05:00:00.000Z")
        assert (await manage.get(f"incidents/{made['id']}"))["incident_updates"] == [changed]
        await manage.patch(f"incidents/{made['id']}/incident_updates/nowhere", body, 404)

    async def test_deleting_answers_the_incident(self, manage: Manage) -> None:
        made = await manage.incident()
        assert await manage.delete(f"incidents/{made['id']}") == made
        await manage.get(f"incidents/{made['id']}", 404)

    async def test_an_incident_of_another_page_is_not_found(self, manage: Manage) -> None:
        made = await manage.incident()
        await manage.server.configure(
            "statuspage: {token: abcdefgh}\nserver: {rate_limit: 0}\n"
            "pages: {other: {id: otherpage123, token: abcdefgh}}"
        )
        await manage.get(f"/pages/otherpage123/incidents/{made['id']}", 404)
        body = {"incident": {"name": "x"}}
        await manage.patch(f"/pages/otherpage123/incidents/{made['id']}", body, 404)
        await manage.delete(f"/pages/otherpage123/incidents/{made['id']}", 404)

    async def test_a_deleted_component_leaves_its_incidents(self, manage: Manage) -> None:
        one = await manage.component("One")
        made = await manage.incident(components={one: "major_outage"})
        await manage.delete(f"components/{one}", 204)
        body = {"incident": {"status": "resolved", "body": "Gone for good."}}
        changed = await manage.patch(f"incidents/{made['id']}", body)
        assert changed["components"] == []
        assert changed["incident_updates"][-1]["affected_components"][0]["code"] == one


class TestLists:
    async def names(self, manage: Manage, path: str, **query: Any) -> list[str]:
        return [incident["name"] for incident in await manage.get(path, **query)]

    async def test_newest_first_in_pages_of_limit(self, manage: Manage) -> None:
        for number in range(5):
            await manage.incident(str(number))
            manage.server.clock.move(1)
        assert await self.names(manage, "incidents") == list("43210")
        assert await self.names(manage, "incidents", limit=2, page=2) == ["2", "1"]

    async def test_the_four_scoped_lists(self, manage: Manage) -> None:
        await manage.incident("open", status="identified")
        await manage.incident("over", status="resolved")
        for status in ("scheduled", "in_progress", "verifying", "completed"):
            await manage.incident(status, status=status, **PLANNED)
            manage.server.clock.move(1)
        assert await self.names(manage, "incidents/unresolved") == ["open"]
        assert await self.names(manage, "incidents/upcoming") == ["scheduled"]
        running = ["verifying", "in_progress"]
        assert await self.names(manage, "incidents/active_maintenance") == running
        assert await self.names(manage, "incidents/scheduled") == [*running, "scheduled"]
        assert await self.names(manage, "incidents/scheduled", per_page=1, page=2) == [
            "in_progress"
        ]


class TestPostmortems:
    async def test_from_draft_to_deletion(self, manage: Manage) -> None:
        made = await manage.incident(status="resolved")
        path = f"incidents/{made['id']}/postmortem"
        await manage.get(path, 404)
        draft = await manage.put(path, {"postmortem": {"body_draft": "What happened"}})
        assert (draft["body"], draft["body_draft"]) == (None, "What happened")
        body = {"postmortem": {"notify_subscribers": True}}
        published = await manage.put(f"{path}/publish", body)
        assert (published["body"], published["notify_subscribers"]) == ("What happened", True)
        incident = await manage.get(f"incidents/{made['id']}")
        assert incident["postmortem_body"] == "What happened"
        assert incident["postmortem_published_at"] == "2026-03-04T05:06:07Z"
        reverted = await manage.put(f"{path}/revert")
        assert (reverted["body"], reverted["body_draft"]) == (None, "What happened")
        assert await manage.delete(path, 204) is None
        await manage.get(path, 404)

    async def test_nothing_to_publish(self, manage: Manage) -> None:
        made = await manage.incident()
        await manage.put(f"incidents/{made['id']}/postmortem/publish", {"postmortem": {}}, 404)


class TestTemplates:
    async def test_list_and_create(self, manage: Manage) -> None:
        one = await manage.component("One")
        fields = {
            "name": "Outage",
            "title": "We have an outage",
            "body": "Sorry.",
            "update_status": "identified",
            "component_ids": [one],
        }
        made = await manage.post("incident_templates", {"template": fields})
        assert [component["id"] for component in made["components"]] == [one]
        assert (made["should_tweet"], made["group_id"]) == (False, None)
        assert await manage.get("incident_templates") == [made]
        answer = await manage.post("incident_templates", {"template": {}}, 422)
        assert len(answer["error"]) == 3
