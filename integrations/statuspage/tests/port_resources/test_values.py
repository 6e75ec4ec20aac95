"""What the mapping makes of particular raw values."""

import pytest

from .shipped import Json, examples, map_one, selected


def _example(kind: str, name: str, **changes: object) -> Json:
    return {**examples(kind)[name], **changes}


def _property(kind: str, name: str, key: str, **changes: object) -> object:
    return map_one(kind, _example(kind, name, **changes))["properties"][key]


def _update_title(**changes: object) -> object:
    return map_one("incident_update", _example("incident_update", "fix_in_place", **changes))[
        "title"
    ]


@pytest.mark.parametrize(
    ("url", "domain", "subdomain", "link"),
    [
        ("https://company.example", "status.page.example", "page", "https://status.page.example"),
        ("https://company.example", None, "page", "https://page.statuspage.io"),
        ("http://localhost:8080/p", None, None, "http://localhost:8080/p"),
        (None, "status.page.example", "page", "https://status.page.example"),
        ("", "", "page", "https://page.statuspage.io"),
        (None, None, "page.statuspage.io", "https://page.statuspage.io"),
        (None, "http://localhost:8080", None, "http://localhost:8080"),
        (None, None, None, None),
        ("", "", "", None),
    ],
)
def test_page_links_to_where_it_is_seen_and_to_the_company_only_at_last(
    url: str | None, domain: str | None, subdomain: str | None, link: str | None
) -> None:
    changes = {"url": url, "domain": domain, "subdomain": subdomain}

    assert _property("statuspage", "customers", "url", **changes) == link


def test_page_state_is_what_the_integration_read() -> None:
    state = {"indicator": "maintenance", "description": "Service Under Maintenance"}
    properties = map_one("statuspage", _example("statuspage", "customers", __status=state))[
        "properties"
    ]

    assert properties["status_indicator"] == state["indicator"]
    assert properties["status_description"] == state["description"]


def test_group_status_is_what_the_integration_read() -> None:
    assert _property("component_group", "tracking", "status", __status="major_outage") == (
        "major_outage"
    )


def test_page_state_is_empty_when_it_was_not_read() -> None:
    raw = _example("statuspage", "customers")
    del raw["__status"]

    properties = map_one("statuspage", raw)["properties"]

    assert (properties["status_indicator"], properties["status_description"]) == (None, None)


def test_group_rows_among_the_components_are_left_out() -> None:
    assert not selected("component", _example("component", "group_row"))


@pytest.mark.parametrize("kind", ["component", "component_group"])
def test_empty_status_becomes_no_status(kind: str) -> None:
    name = next(iter(examples(kind)))

    assert _property(kind, name, "status", status="", __status="") is None


@pytest.mark.parametrize(
    ("day", "moment"), [("2025-02-11", "2025-02-11T00:00:00Z"), (None, None), ("", None)]
)
def test_start_day_becomes_a_moment(day: str | None, moment: str | None) -> None:
    assert _property("component", "tracking_api", "startDate", start_date=day) == moment


def test_incident_began_when_the_vendor_says_so() -> None:
    began = "2026-09-14T09:00:00.000Z"

    assert _property("incident", "stale_positions", "startedAt", started_at=began) == began


def test_incident_without_a_start_began_with_its_earliest_update() -> None:
    """Whatever the order of the updates, and although the incident was entered later."""
    updates = [{"display_at": f"2026-09-{day}T09:00:00.000Z"} for day in (14, 12, 13)]
    began = _property("incident", "stale_positions", "startedAt", incident_updates=updates)

    assert began == "2026-09-12T09:00:00.000Z"


@pytest.mark.parametrize("updates", [None, [], [{"display_at": None}]])
def test_incident_without_updates_began_when_it_was_created(updates: object) -> None:
    raw = _example("incident", "stale_positions", incident_updates=updates)

    assert map_one("incident", raw)["properties"]["startedAt"] == raw["created_at"]


def test_incident_shows_its_newest_update_whatever_their_order() -> None:
    updates = list(reversed(examples("incident")["stale_positions"]["incident_updates"]))
    latest = _property("incident", "stale_positions", "latestUpdate", incident_updates=updates)

    assert latest == updates[-1]["body"]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2026-09-14T10:00:00+02:00", "2026-09-14T09:00:00Z"),
        ("2026-09-14T09:00:00Z", "2026-09-14T04:00:00-07:00"),
        ("2026-09-14T09:00:00Z", "2026-09-14T09:00:00.001Z"),
    ],
)
def test_moments_are_compared_whatever_their_offset(earlier: str, later: str) -> None:
    updates = [{"display_at": later, "body": "later"}, {"display_at": earlier, "body": "earlier"}]

    for either_way in (updates, updates[::-1]):
        raw = _example("incident", "stale_positions", incident_updates=either_way)
        properties = map_one("incident", raw)["properties"]

        assert (properties["startedAt"], properties["latestUpdate"]) == (earlier, "later")


@pytest.mark.parametrize(("updates", "count"), [(None, 0), ([], 0), ([{"body": "x"}] * 2, 2)])
def test_incident_counts_its_updates(updates: object, count: int) -> None:
    assert (
        _property("incident", "stale_positions", "updateCount", incident_updates=updates) == count
    )


@pytest.mark.parametrize(
    ("published", "moment"),
    [("2026-09-16T08:00:00Z", "2026-09-16T08:00:00Z"), (None, None), (True, None), (False, None)],
)
def test_post_mortem_is_published_at_a_moment_and_never_at_a_boolean(
    published: object, moment: str | None
) -> None:
    key = "postmortem_published_at"

    assert (
        _property("incident", "stale_positions", key, postmortem_published_at=published) == moment
    )


def test_incident_relates_to_components_and_not_to_group_rows() -> None:
    components = [{"id": "a"}, {"id": "b", "group": True}, {"id": "c", "group": False}]
    raw = _example("incident", "stale_positions", components=components)

    assert map_one("incident", raw)["relations"]["components"] == ["a", "c"]


@pytest.mark.parametrize("affected", [None, [], [{"name": "No components were affected."}], [None]])
def test_update_that_names_no_component_relates_to_none(affected: object) -> None:
    raw = _example("incident_update", "fix_in_place", affected_components=affected)

    assert map_one("incident_update", raw)["relations"]["affectedComponents"] == []


def test_update_is_titled_with_the_first_line_that_says_something() -> None:
    assert _update_title(body="\r\n  Fixed for all.\r\nThe rest.") == "Fixed for all."


def test_update_title_has_at_most_255_characters() -> None:
    assert _update_title(body="ü" * 300) == "ü" * 255


@pytest.mark.parametrize("body", [None, "", " \n\t"])
def test_update_without_text_is_titled_with_its_status(body: str | None) -> None:
    assert _update_title(body=body, status="resolved") == "resolved"
