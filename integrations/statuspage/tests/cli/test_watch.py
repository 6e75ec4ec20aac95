"""`statuspage watch`: the public view, again and again, without the key."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from statuspage.cli.watching.view import differences, view_of

from .calling import Caller

PAGE = "a0page000001"
SUMMARY: dict[str, Any] = {
    "page": {"id": PAGE, "name": "Acme Cloud"},
    "status": {"indicator": "none", "description": "All Systems Operational"},
    "components": [
        {"id": "g", "name": "Shop", "group": True, "status": "operational"},
        {"id": "s", "name": "Search", "group_id": "g", "status": "operational"},
        {"id": "c", "name": "Cart", "group": False, "group_id": None, "status": "operational"},
        None,
    ],
    "incidents": [],
    "scheduled_maintenances": None,
}


def summary(search: str = "operational", *said: str) -> dict[str, Any]:
    """The view while the search has a status, with an incident that says something."""
    found = copy.deepcopy(SUMMARY)
    found["components"][1]["status"] = search
    if search != "operational":
        found["status"] = {"indicator": "major", "description": "Partial System Outage"}
    if said:
        updates = [{"body": text, "status": "investigating"} for text in said]
        found["incidents"] = [
            {
                "id": "i",
                "name": "Search is down",
                "status": "investigating",
                "updated_at": "2026-09-14T08:00:00Z",
                "incident_updates": updates,
            }
        ]
    return found


class Public:
    """The public view: one document after the other, then Ctrl-C."""

    def __init__(self, *answers: dict[str, Any] | int) -> None:
        self.requests: list[httpx.Request] = []
        self._answers: Iterator[dict[str, Any] | int] = iter(answers)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = next(self._answers, None)
        if answer is None:
            raise KeyboardInterrupt
        if isinstance(answer, int):
            return httpx.Response(answer)
        return httpx.Response(200, json=answer)


def test_every_change_is_a_line(cli: Caller) -> None:
    cli.handler = Public(
        summary(), summary("major_outage", "We look."), summary("major_outage", "Ok.")
    )

    ended = cli("watch", "--page", PAGE)

    at = "2026-09-14T09:00:00Z"
    assert ended.exit_code == 130
    assert ended.stdout == (
        f"{at}\tpage\tAll Systems Operational\n"
        f"{at}\tcomponent\tShop / Search\toperational\n"
        f"{at}\tcomponent\tCart\toperational\n"
        f"{at}\tpage\tAll Systems Operational -> Partial System Outage\n"
        f"{at}\tcomponent\tShop / Search\toperational -> major_outage\n"
        f"{at}\tincident\tSearch is down\tinvestigating\tWe look.\n"
        f"{at}\tincident\tSearch is down\tinvestigating\tOk.\n"
    )


def test_the_page_is_read_at_the_interval_without_the_key_and_without_the_manage_api(
    cli: Caller,
) -> None:
    cli.handler = public = Public(summary(), summary())

    cli("watch", "--page", PAGE, "--interval", "60")

    assert cli.sleeps == [60, 60]
    assert {str(request.url) for request in public.requests} == {
        f"https://{PAGE}.statuspage.io/api/v2/summary.json"
    }
    assert not any("authorization" in request.headers for request in public.requests)


def test_a_key_is_needed_only_for_a_page_that_is_named(cli: Caller) -> None:
    cli.variables.clear()
    cli.handler = Public(summary())
    assert cli("watch", "--page", PAGE, "--once").exit_code == 0
    assert cli("watch", "--page", "acme", "--once").exit_code == 3


def test_any_public_page_can_be_watched_by_its_address(cli: Caller) -> None:
    cli.handler = public = Public(summary())

    assert cli("watch", "--url", "https://status.example.com/", "--once").exit_code == 0
    assert str(public.requests[0].url) == "https://status.example.com/api/v2/summary.json"


def test_a_server_of_ones_own_serves_the_public_view_below_its_address(cli: Caller) -> None:
    cli.handler = public = Public(summary())

    cli("watch", "--page", PAGE, "--host", "http://127.0.0.1:8080", "--once")

    assert public.requests[0].url.path == f"/pages/{PAGE}/api/v2/summary.json"


def test_each_changed_view_is_a_line_of_json(cli: Caller) -> None:
    cli.handler = Public(summary(), summary(), summary("major_outage"))

    lines = cli("watch", "--page", PAGE, "--json").stdout.splitlines()

    assert [json.loads(line) for line in lines] == [summary(), summary("major_outage")]


@pytest.mark.parametrize(("answer", "code"), [(401, 4), (404, 4), ({"no": "page"}, 1), (302, 1)])
def test_a_page_without_a_public_view_is_told_at_once(
    cli: Caller, answer: dict[str, Any] | int, code: int
) -> None:
    cli.handler = public = Public(answer, summary())

    assert cli("watch", "--page", PAGE).exit_code == code
    assert len(public.requests) == 1


def test_an_answer_that_does_not_come_later_is_noted_once_and_tried_again(cli: Caller) -> None:
    cli.handler = Public(summary(), 503, 503, summary("major_outage"))

    ended = cli("watch", "--page", PAGE)

    assert ended.stderr.count("Trying again in 30 s.") == 1
    assert "operational -> major_outage" in ended.stdout


def test_a_terminal_shows_the_whole_page(cli: Caller) -> None:
    cli.terminal = True
    cli.handler = Public(summary("major_outage", "We [b]look[/b].\x1b[2J", "Before."), 503)

    said = cli("watch", "--page", PAGE).stdout

    for words in ("Acme Cloud", "Partial System Outage", "Shop / Search", "Cart", "Search is down"):
        assert words in said
    assert "We [b]look[/b].�[2J" in said
    assert "Before." not in said
    assert "1 hour ago" in said
    assert "Trying again in 30 s." in said


def test_a_long_page_shows_what_is_not_well(cli: Caller) -> None:
    document = summary("major_outage")
    document["components"] += [
        {"id": f"x{number}", "name": f"Node {number}", "status": "operational"}
        for number in range(40)
    ]
    cli.terminal = True
    cli.handler = Public(document)

    said = cli("watch", "--page", PAGE, "--once").stdout

    assert "Shop / Search" in said
    assert "Node 1" not in said
    assert "41 more are operational." in said


@pytest.mark.parametrize("document", [None, [], {}, {"status": None}, {"status": "none"}])
def test_what_is_no_summary_is_no_view(document: object) -> None:
    assert view_of(document) is None


def test_an_odd_summary_is_shown_as_far_as_it_goes() -> None:
    view = view_of({"status": {}, "page": 3, "incidents": [None, {"name": 7}], "components": {}})

    assert view is not None
    assert [row.name for row in view.incidents.values()] == ["7"]


def test_what_leaves_the_view_is_told() -> None:
    before, after = view_of(summary("operational", "We look.")), view_of(summary())

    assert before is not None
    assert after is not None
    assert differences(before, after) == ["incident\tSearch is down\tno longer shown"]
