"""Heartbeats as the seed documents them, and what it lacked."""

import pytest

from tests.running import TOKEN, RunningServer, seed_config


class TestTheSeedsContract:
    async def test_one_item(self, server: RunningServer) -> None:
        answer = await server.beat("dns")
        assert answer.status_code == 200
        assert answer.content == b'{"refreshed": 1}'
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        assert answer.headers["content-length"] == "16"

    async def test_one_id_in_several_groups(self, server: RunningServer) -> None:
        assert (await server.beat("http")).json() == {"refreshed": 2}

    async def test_an_unknown_id_refreshes_nothing(self, server: RunningServer) -> None:
        assert (await server.beat("nowhere")).json() == {"refreshed": 0}

    @pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "0"])
    async def test_a_wrong_token_is_forbidden(self, server: RunningServer, token: str) -> None:
        assert (await server.beat("dns", token)).status_code == 403

    async def test_a_missing_token_is_forbidden(self, server: RunningServer) -> None:
        assert (await server.client.get("/refresh/dns")).status_code == 403

    async def test_items_begin_down_and_a_beat_brings_them_up_at_once(
        self, server: RunningServer
    ) -> None:
        assert "Major outage: never seen" in await server.words()
        for item in ("http", "dns", "mail", "dns-internal"):
            await server.beat(item)
        page = await server.words()
        assert "All Systems Operational" in page
        assert "never seen" not in page

    async def test_an_item_is_up_until_its_interval_is_over(self, server: RunningServer) -> None:
        await server.beat("mail")
        await server.pass_time(60, step=5)
        assert "SMTP/IMAP Operational" in await server.words()
        await server.pass_time(1)
        assert "Major outage: late, last seen 1 minute ago" in await server.words()


class TestWhatTheSeedLacked:
    async def test_post_works_as_well(self, server: RunningServer) -> None:
        answer = await server.client.post("/refresh/dns", headers={"X-Token": TOKEN})
        assert answer.json() == {"refreshed": 1}

    async def test_head_does_not_refresh(self, server: RunningServer) -> None:
        answer = await server.client.head("/refresh/dns", headers={"X-Token": TOKEN})
        assert answer.status_code == 405

    async def test_a_token_may_have_any_letters(self, server: RunningServer) -> None:
        await server.configure(
            "statuspage: {token: t\u00f6k\u00e9n, groups: {A: [{name: a, id: a}]}}"
        )
        headers = {b"X-Token": "t\u00f6k\u00e9n".encode()}
        assert (await server.client.get("/refresh/a", headers=headers)).status_code == 200
        headers = {b"X-Token": b"\xff\xfe"}
        assert (await server.client.get("/refresh/a", headers=headers)).status_code == 403

    async def test_two_tokens_for_a_rotation(self, server: RunningServer) -> None:
        await server.configure("statuspage: {tokens: [new, old], groups: {A: [{name: a, id: a}]}}")
        assert (await server.beat("a", "new")).status_code == 200
        assert (await server.beat("a", "old")).status_code == 200
        assert (await server.beat("a", TOKEN)).status_code == 403

    async def test_an_items_own_token_opens_that_item_alone(self, server: RunningServer) -> None:
        await server.configure(
            "statuspage: {token: all, groups: {A: [{name: a, id: a, token: own}],"
            " B: [{name: a, id: a}, {name: b, id: b}]}}"
        )
        assert (await server.beat("a", "own")).json() == {"refreshed": 1}
        assert (await server.beat("b", "own")).status_code == 403
        assert (await server.beat("nowhere", "own")).status_code == 403
        assert (await server.beat("a", "all")).json() == {"refreshed": 2}

    async def test_a_failure_with_a_message(self, server: RunningServer) -> None:
        await server.beat("dns")
        answer = await server.client.post(
            "/refresh/dns/fail", headers={"X-Token": TOKEN}, content="<b>zone</b> expired"
        )
        assert answer.json() == {"failed": 1}
        assert "reported a failure: <b>zone</b> expired" in await server.words()
        await server.beat("dns")
        assert "reported a failure" not in await server.words()

    async def test_an_id_may_end_like_the_fail_signal(self, server: RunningServer) -> None:
        await server.configure("statuspage: {token: t, groups: {A: [{name: a, id: a/fail}]}}")
        assert (await server.beat("a/fail", "t")).json() == {"refreshed": 1}

    async def test_grace(self, server: RunningServer) -> None:
        await server.configure(
            "statuspage: {token: t, interval: 60, grace: 30, groups: {A: [{name: a, id: a}]}}"
        )
        await server.beat("a", "t")
        await server.pass_time(61)
        page = await server.words()
        assert "Operational: overdue, last seen 1 minute ago" in page
        assert "All Systems Operational" in page
        await server.pass_time(30)
        assert "Major outage: late" in await server.words()

    async def test_several_pages_each_with_its_own_token(self, server: RunningServer) -> None:
        await server.configure(
            seed_config() + "\npages: {other: {id: otherpage123, token: other, "
            "groups: {A: [{name: Theirs, id: http}]}}}"
        )
        assert (await server.beat("http", "other")).json() == {"refreshed": 1}
        page = (await server.client.get("/pages/otherpage123")).text
        assert "Theirs" in page
        assert "All Systems Operational" in page
        assert "Major outage: never seen" in await server.words()


class TestRestarts:
    async def test_what_was_up_is_up_after_the_servers_own_outage(
        self, server: RunningServer
    ) -> None:
        await server.beat("mail")
        await server.pass_time(50, step=5)
        await server.restart(after=7 * 3600)
        assert "SMTP/IMAP Operational" in await server.words()
        await server.pass_time(60, step=5)
        assert "SMTP/IMAP Operational" in await server.words()
        await server.pass_time(1)
        assert "Major outage: late" in await server.words()

    async def test_what_was_late_stays_late_until_it_is_heard(self, server: RunningServer) -> None:
        await server.beat("mail")
        await server.pass_time(61)
        await server.restart(after=3600)
        assert "Major outage: late" in await server.words()
        await server.beat("mail")
        assert "Major outage: late" not in await server.words()

    async def test_what_was_never_seen_stays_so(self, server: RunningServer) -> None:
        await server.restart(after=10)
        assert "Major outage: never seen" in await server.words()

    async def test_a_machine_that_slept_does_not_call_its_items_down(
        self, server: RunningServer
    ) -> None:
        await server.beat("mail")
        server.clock.move(8 * 3600)
        await server.runtime.sweep_round()
        assert "Major outage: late" not in await server.words()

    async def test_a_clock_put_back_does_not_keep_the_dead_alive(
        self, server: RunningServer
    ) -> None:
        await server.beat("mail")
        server.clock.move(-86400)
        await server.runtime.sweep_round()
        await server.pass_time(61)
        assert "Major outage: late" in await server.words()


class TestReloading:
    async def test_items_come_and_go_and_the_others_keep_their_state(
        self, server: RunningServer
    ) -> None:
        await server.beat("dns")
        await server.configure(
            "statuspage: {title: New title, token: t, groups: {SomeGroup: "
            "[{name: Renamed, id: dns}, {name: Added, id: added}], Empty: []}}"
        )
        page = await server.words()
        assert "New title" in page
        assert "Renamed Operational" in page
        assert "Added Major outage: never seen" in page
        assert "Nothing is watched here yet." in page
        assert "SMTP" not in page

    async def test_one_id_twice_in_a_group(self, server: RunningServer) -> None:
        await server.configure(
            "statuspage: {token: t, groups: {A: [{name: One, id: a}, {name: Two, id: a}]}}"
        )
        assert (await server.beat("a", "t")).json() == {"refreshed": 2}
        assert "All Systems Operational" in await server.words()


async def test_every_operation_is_described_once(server: RunningServer) -> None:
    document = (await server.client.get("/openapi.json")).json()
    ids = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(ids) == len(set(ids))
    assert set(document["paths"]["/refresh/{item_id}"]) == {"get", "post"}
