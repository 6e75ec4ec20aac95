"""What two views differ in, by one rule each."""

from datetime import timedelta
from typing import Any

from resync.public_documents import recent_incidents, recent_maintenances, summary_document
from watching.compare import Changes, compare, next_view
from watching.view import View, recent_of, view_of

from .page import CUT_AT, PAGE, ChangingPage, Documents, written


def view(documents: Documents) -> View:
    return view_of(summary_document(documents["summary"], PAGE)).with_recent(
        recent_of(recent_incidents(documents["incidents"], PAGE)),
        recent_of(recent_maintenances(documents["scheduled-maintenances"], PAGE)),
    )


def changes(before: Documents, after: Documents) -> Changes:
    old = view(before)
    return compare(old, next_view(old, view(after)))


def changed(page: ChangingPage, what: Any) -> Changes:
    """Return what a change is seen as."""
    before = page.documents()
    what()
    return changes(before, page.documents())


def test_a_touch_of_the_page_alone_is_no_change() -> None:
    page = ChangingPage()
    assert not changed(page, page.tick)


def test_the_same_moments_in_another_time_zone_are_no_change() -> None:
    page = ChangingPage()
    before, row = page.documents(), next(iter(page.rows.values()))
    row["updated_at"] = row["updated_at"].replace("+00:00", "Z")
    page.tick()
    assert not changes(before, page.documents())


def test_a_component_that_moves_to_another_group_changes_both_groups() -> None:
    page = ChangingPage()
    [first] = [id_ for id_, row in page.rows.items() if row["group"]]
    second = page.add_row(group=True)
    component = page.add_row(group_id=first)

    seen = changed(page, lambda: page.change_row(component, group_id=second))

    assert seen == Changes(components=frozenset({component}), groups=frozenset({first, second}))


def test_a_component_that_is_no_longer_shown_is_unseen() -> None:
    page = ChangingPage()
    component = page.add_row()
    seen = changed(page, lambda: page.remove_row(component))
    assert seen == Changes(unseen_components=frozenset({component}))


def test_what_a_component_of_an_incident_goes_through_is_no_change_of_the_incident() -> None:
    page = ChangingPage()
    component, incident = page.add_row(), page.open()
    page.events[incident]["components"] = [component]
    seen = changed(page, lambda: page.change_row(component, name="Renamed"))
    assert seen.incidents == frozenset()


def test_a_new_name_of_the_page_is_a_change_of_the_page() -> None:
    page = ChangingPage()
    assert changed(page, lambda: page.raw.update(name=page.tick())) == Changes(page=True)


def test_an_incident_that_ended_has_changed_and_is_not_missing() -> None:
    page = ChangingPage()
    incident = page.open()
    seen = changed(page, lambda: page.close(incident))
    assert seen == Changes(incidents=frozenset({incident}))


def test_an_incident_of_the_past_that_is_entered_afterwards_is_seen() -> None:
    page = ChangingPage()
    before = page.documents()
    incident = page.open(backdated=True)
    page.close(incident)
    assert changes(before, page.documents()).incidents == {incident}


def test_a_deleted_incident_is_unseen() -> None:
    page = ChangingPage()
    incident = page.open()
    seen = changed(page, lambda: page.remove(incident))
    assert seen == Changes(unseen_incidents=frozenset({incident}))


def test_as_long_as_the_lists_are_older_an_incident_that_left_is_neither_over_nor_gone() -> None:
    page = ChangingPage()
    incident = page.open()
    before = page.documents()
    page.remove(incident)
    after = page.documents()
    old = view(before)
    behind = next_view(old, view({**before, "summary": after["summary"]}))

    assert not compare(old, behind)
    assert compare(behind, view(after)).unseen_incidents == {incident}


def test_what_falls_off_a_list_that_is_cut_is_not_missing() -> None:
    page = ChangingPage(incidents=CUT_AT)
    before = page.documents()
    added = page.open()
    assert changes(before, page.documents()) == Changes(incidents=frozenset({added}))


def test_what_moves_up_into_a_list_that_is_cut_is_not_new() -> None:
    page = ChangingPage(incidents=CUT_AT + 3)
    newest = list(page.events)[-1]
    seen = changed(page, lambda: page.remove(newest))
    assert seen == Changes(unseen_incidents=frozenset({newest}))


def test_an_open_incident_that_ends_behind_the_cut_is_read_again() -> None:
    page = ChangingPage(incidents=0)
    long = page.open()
    page.events[long]["created_at"] = written(page.at - timedelta(days=400))
    for _ in range(CUT_AT):
        page.close(page.open())
    seen = changed(page, lambda: page.close(long))
    assert seen == Changes(incidents=frozenset({long}))


def test_rows_that_cannot_all_be_read_prove_nothing_missing() -> None:
    page = ChangingPage()
    component = page.add_row()
    before = page.documents()
    page.remove_row(component)
    odd, whole = page.documents(), page.documents()
    odd["summary"]["components"].append({"id": None})
    old = view(before)
    between = next_view(old, view(odd))

    assert not compare(old, between)
    assert compare(between, view(whole)).unseen_components == {component}
