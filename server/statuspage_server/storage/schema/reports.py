"""What visitors, users of the Nobl9 API and monitors reported."""

from sqlalchemy import Column, Index, String, Table

from statuspage_server.storage.schema.columns import RowNumber, metadata, moment, parent, text

problem_reports = Table(
    "problem_reports",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    parent("page_id", "pages.id"),
    parent("component_id", "components.id"),
    moment("at", required=True),
    text("message"),
    # A digest of the sender's address, with a key that no restart keeps: only to count each once.
    # Of a report by the API: the id of its key.
    Column("reporter", String(64), nullable=False),
    Column("source", String(8), nullable=False, server_default="user"),
    # What the sender says of it; `at` is when it came.
    moment("occurred_at"),
    Column("requested_by", String(50)),
    text("url"),
    Index("problem_reports_of_page", "page_id", "at"),
    Index("problem_reports_of_component", "component_id", "at"),
)
