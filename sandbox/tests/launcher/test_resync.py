"""What is read from Ocean's reports and from the integration's lines."""

from launcher.log_lines import last_message
from launcher.progress import step
from launcher.resync import Kind, Resync, requests_of, resync, why_it_failed
from tests.launcher.recorded import recorded


def test_each_kind_tells_what_it_brought() -> None:
    found = resync(*recorded("good"))
    assert [(one.name, one.fetched, one.upserted, one.unchanged) for one in found.kinds] == [
        ("statuspage", 2, 2, 0),
        ("component_group", 1, 1, 0),
        ("component", 6, 5, 0),
        ("incident", 3, 3, 0),
        ("incident_update", 11, 0, 11),
    ]
    assert found.entities == 22
    assert found.deleted == 0
    assert found.over


def test_requests_are_counted_to_the_kind_during_which_they_were_sent() -> None:
    found = resync(*recorded("good"))
    assert len(found.requests) == len(found.kinds)
    assert sum(found.requests) == 7
    lines = [f"Groups: 5 read from 1 pages ({n} requests since the start)" for n in (4, 4, 9)]
    assert requests_of(lines) == [4, 0, 5]


def test_a_resync_that_brought_everything_has_no_reason_to_fail() -> None:
    reports, lines = recorded("good")
    assert why_it_failed(resync(reports, lines), lines) is None


def test_a_kind_that_failed_is_named_with_the_reason_once() -> None:
    reports, lines = recorded("wrong_key")
    reason = why_it_failed(resync(reports, lines), lines) or ""
    assert reason.startswith("statuspage, component_group, component, incident, incident_update")
    assert reason.count("check statuspageApiKey") == 1
    assert "\n" not in reason


def test_a_resync_that_was_cut_short_failed() -> None:
    reports, lines = recorded("good")
    found = resync(reports[:3], lines)
    assert not found.over
    assert why_it_failed(found, lines) == "The resync ended before it was done."


def test_a_resync_whose_entities_port_refused_failed() -> None:
    kinds = [Kind(name, "completed", 5, 4, 0, 1, 0.1) for name in ("component", "incident")]
    found = Resync(kinds, [1, 1], 0, "completed", 1.0)
    assert why_it_failed(found, []) == "Port refused 2 entities: 1 component, 1 incident."


def test_the_reason_of_a_program_that_ended_is_its_last_sentence() -> None:
    output = "INFO: started\nTraceback (most recent call last):\n  File\nstatuspage: no key.\n\n"
    assert last_message(output) == "statuspage: no key."
    assert last_message("2026-01-01 10:00:00,123 ERROR it broke\n   at x\n") == "it broke"
    assert last_message("\n") is None


def test_of_oceans_lines_only_those_that_mean_something_are_shown() -> None:
    stamp = "2026-11-21 11:46:02.159 | INFO     | "
    assert step(f"{stamp}Starting processing resource incident with index 3") == "reading incident"
    assert step(f"{stamp}[Monitor] Stopped") is None
    problem = "Statuspage answered GET /v1/pages with 503: it has trouble."
    assert step(f"2026-11-21 11:46:02.159 | WARNING  | {problem}") == problem
