"""Documents: JSON in a column, read by the thousand for one list."""

from collections.abc import Callable
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import JSON, Dialect
from sqlalchemy.types import UserDefinedType


class _SqliteDocument(UserDefinedType[Any]):
    """SQLite keeps the text. SQLAlchemy's own type asks three functions of each value; this one
    asks the reader alone, and nothing where there is nothing."""

    cache_ok = True

    def __init__(self, *, none_as_null: bool = False) -> None:
        self.none_as_null = none_as_null

    def get_col_spec(self, **_: Any) -> str:
        return "JSON"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:  # noqa: ARG002
        def process(value: Any) -> str | None:
            if value is None and self.none_as_null:
                return None
            return to_json(value).decode()

        return process

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        def process(value: Any) -> Any:
            if value is None:
                return None
            # A column that is called JSON gives numbers as numbers.
            return from_json(value) if isinstance(value, str) else value

        return process


def document_type(*, none_as_null: bool = False) -> JSON:
    return JSON(none_as_null=none_as_null).with_variant(
        _SqliteDocument(none_as_null=none_as_null), "sqlite"
    )
