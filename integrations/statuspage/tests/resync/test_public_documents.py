"""A document of another page, or of no page, is an error; an odd object in it is left out."""

from typing import Any

import pytest

from resync.public_documents import (
    UnusableDocument,
    recent_incidents,
    recent_maintenances,
    summary_document,
)
from tests.watching.page import PAGE, ChangingPage

HEAD = {"id": PAGE, "name": "Parcels", "updated_at": "2026-09-01T00:00:00Z"}


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "x",
        {},
        {"page": None},
        {"page": {**HEAD, "id": "another"}},
        {"page": {**HEAD, "updated_at": None}},
        {"page": {**HEAD, "updated_at": "yesterday"}},
        {"page": {**HEAD, "updated_at": 1788220800}},
    ],
    ids=str,
)
@pytest.mark.parametrize("parse", [summary_document, recent_incidents, recent_maintenances])
def test_what_is_not_the_page_s_document_is_an_error(parse: Any, content: Any) -> None:
    with pytest.raises(UnusableDocument):
        parse(content, PAGE)


@pytest.mark.parametrize("parse", [recent_incidents, recent_maintenances])
def test_a_list_that_is_no_list_is_an_error(parse: Any) -> None:
    with pytest.raises(UnusableDocument):
        parse({"page": HEAD, "incidents": {}, "scheduled_maintenances": None}, PAGE)


def test_a_row_without_an_id_is_left_out_and_the_list_proves_nothing() -> None:
    rows = [{"id": "c1"}, {"id": None}, None, {"id": "../x"}, "c2"]

    document = summary_document({"page": HEAD, "components": rows}, PAGE)

    assert list(document.rows.by_id) == ["c1"]
    assert not document.rows.whole


def test_a_summary_without_lists_and_status_is_read_for_what_it_has() -> None:
    document = summary_document({"page": HEAD, "status": {"indicator": "odd"}}, PAGE)

    assert document.status is None
    assert not document.incidents.whole


def test_a_page_s_own_documents_are_whole() -> None:
    documents = ChangingPage().documents()

    summary = summary_document(documents["summary"], PAGE)
    recent = recent_incidents(documents["incidents"], PAGE)

    assert summary.rows.whole
    assert len(recent.objects.by_id) == 3
    assert not recent.is_cut
